package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.CloudEvent;
import dev.kubesent.event.CloudEventReader;
import dev.kubesent.event.Delivery;
import dev.kubesent.event.Request;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.testing.Golden;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.time.Ticks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scenarios, with what happens seen by a watch of our own: the same ends, down to the last line. */
class ScenarioWatchTest {

    private static final String RESOURCE = "dev.knative.apiserver.resource.";

    @TestFactory
    List<DynamicTest> every_scenario_that_a_watch_can_see_ends_as_it_does_with_events() {
        var cluster = cluster();
        var seen = Scenario.all()
                .filter(scenario -> event(new InMemoryTestCluster()
                                .load(scenario, Clock.systemUTC())
                                .event())
                        .isPresent())
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name(),
                        () -> Golden.assertMatches(
                                scenario.expected(), ScenarioRun.of(scenario, cluster, ScenarioWatchTest::seen))))
                .toList();
        assertThat(seen).hasSizeGreaterThan(300);
        return seen;
    }

    TestCluster cluster() {
        return new InMemoryTestCluster();
    }

    /** What a source sends of a whole object is what a watch tells. */
    private static Optional<CloudEvent> event(Request request) {
        return CloudEventReader.read(request) instanceof Delivery.Single(Delivery.Readable(var event))
                        && event.type().startsWith(RESOURCE)
                        && List.of("Pod", "Incident").contains(event.attribute("kind"))
                        && event.dataContentType().startsWith("application/json")
                ? Optional.of(event)
                : Optional.empty();
    }

    private static int seen(EventEndpoint endpoint, Request request) {
        var event = event(request).orElseThrow();
        var what = event.attribute("kind").equals("Pod") ? Watched.PODS : Watched.INCIDENTS;
        var type = switch (event.type().substring(RESOURCE.length())) {
            case "add" -> Change.Type.ADDED;
            case "update" -> Change.Type.MODIFIED;
            case "delete" -> Change.Type.DELETED;
            default -> throw new IllegalArgumentException(event.type());
        };
        var watcher = new ToldWatcher().version("1").watch(() -> new Change(type, "2", event.data()));
        var answers = new ArrayList<Handled>();
        Function<Sighting, Handled> door = sighting -> {
            answers.add(endpoint.look(sighting));
            return answers.getLast();
        };
        var queue = new LookQueue(Ticks.ofTheMachine(), new Tallies());
        new WatchLoop(what, watcher, new Intake(queue, door, () -> {}), () -> {}, _ -> false).run();
        queue.ready().ifPresent(new Looker(queue, door)::look);
        assertThat(answers).hasSize(1);
        return status(answers.getFirst());
    }

    private static int status(Handled handled) {
        return switch (handled) {
            case Handled.Dropped _ -> 204;
            case Handled.Opened _, Handled.Known _ -> 202;
            case Handled.Rejected(var problem) -> problem.kind().status();
            case Handled.TryAgain _ -> 503;
        };
    }
}
