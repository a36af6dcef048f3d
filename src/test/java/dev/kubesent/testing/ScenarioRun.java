package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.consultation.Consultation;
import dev.kubesent.event.CloudEventReader;
import dev.kubesent.event.Delivery;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Request;
import dev.kubesent.event.Sighting;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Policies;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import dev.kubesent.report.KubernetesEvents;
import dev.kubesent.testing.objects.Step;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Runs a scenario and writes down, stage by stage, what came of it. */
public final class ScenarioRun {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ScenarioRun() {}

    /** What a user gets who sets nothing. */
    public static Policies defaultPolicies() {
        return policies(GatePolicy.Mode.HEAL);
    }

    public static Policies policies(GatePolicy.Mode mode) {
        return new Policies(
                new GatePolicy(
                        mode,
                        90,
                        Memory.parse("8Gi"),
                        Set.of("spec.containers[*].resources"),
                        Permission.BY_DEFAULT,
                        List.of("kubectl*"),
                        new GatePolicy.Breakers(Duration.ofHours(1), 3, 10, 20, 10, Duration.ofMinutes(10)),
                        "kubesent"),
                new SurvivalPolicy(Duration.ofSeconds(60), Duration.ofHours(1)),
                Duration.ofDays(7),
                Consultation.Ask.WHERE_RULES_DO_NOT_KNOW,
                false);
    }

    public static Pipeline pipeline(Ports ports, Clock clock, String holder) {
        return pipeline(ports, false, clock, holder);
    }

    /** With Events, and what is told. */
    public static Pipeline telling(Ports ports, Clock clock) {
        return new Pipeline(
                ports,
                defaultPolicies(),
                new KubernetesEvents(ports.records(), clock),
                Work.beforeTheAnswer(),
                clock,
                "test");
    }

    private static Pipeline pipeline(Ports ports, boolean tells, Clock clock, String holder) {
        return new Pipeline(
                ports,
                defaultPolicies().tellingAcrossNamespaces(tells),
                _ -> {},
                Work.beforeTheAnswer(),
                clock,
                holder);
    }

    public static Sweep sweep(Ports ports, Clock clock, String holder) {
        return new Sweep(pipeline(ports, clock, holder), ports, clock);
    }

    public static EventEndpoint endpoint(Ports ports, Clock clock, String holder) {
        return endpoint(pipeline(ports, clock, holder), clock);
    }

    public static EventEndpoint endpoint(Pipeline pipeline, Clock clock) {
        return new EventEndpoint(
                pipeline,
                new Resumption(pipeline, MovingClock.ticks(clock), ScenarioRun::atOnceOrNever),
                1 << 21,
                new TellBack.Nothing());
    }

    /** What is for later never comes in a test; what only must not hold up an answer is done at once. */
    public static void atOnceOrNever(Duration delay, Runnable what) {
        if (delay.isZero()) {
            what.run();
        }
    }

    /** How what happens reaches KubeSent. */
    @FunctionalInterface
    public interface Way {
        /** @return the HTTP status that it is answered with, or would be */
        int tell(EventEndpoint endpoint, Request event);
    }

    public static String of(Scenario scenario, TestCluster cluster) {
        return of(scenario, cluster, (endpoint, event) -> endpoint.answer(event).status());
    }

    public static String of(Scenario scenario, TestCluster cluster, Way way) {
        var clock = new MovingClock(scenario.time());
        var loaded = cluster.load(scenario, clock);
        try {
            return KubernetesJson.yaml(of(scenario, loaded, clock, way));
        } finally {
            loaded.stage().leave();
        }
    }

    private static ObjectNode of(Scenario scenario, TestCluster.Loaded loaded, MovingClock clock, Way way) {
        var endpoint = endpoint(pipeline(loaded.ports(), scenario.tellsAcrossNamespaces(), clock, "test"), clock);
        var result = JSON.objectNode();
        var report = new ClusterReport();
        var sighting = sighting(loaded);
        result.put("event", sighting.getClass().getSimpleName());
        if (sighting instanceof Sighting.Unremarkable(var why)) {
            result.put("why", why.name());
        }
        if (sighting instanceof Sighting.Suspicious(var event)) {
            var live = loaded.inspector()
                    .get(Pod.class, event.namespace().text(), event.name().text());
            live.ifPresent(pod -> failures(result, Failures.news(pod, clock.instant())));
            result.put("answer", way.tell(endpoint, loaded.event()));
            report.add(result, loaded.inspector(), event.namespace().text());
        } else {
            result.put("answer", way.tell(endpoint, loaded.event()));
        }
        var steps = scenario.steps();
        if (!steps.isEmpty()) {
            var then = result.putArray("then");
            for (var step : steps) {
                then.add(play(scenario, step, loaded, clock, way, report));
            }
        }
        return result;
    }

    /** What others do in a step; then it is KubeSent's turn. */
    public static void setTheStage(Step step, TestCluster.Loaded loaded, MovingClock clock) {
        clock.forward(step.after());
        step.objects().forEach(loaded.stage()::put);
        step.remove().forEach(loaded.stage()::remove);
    }

    private static ObjectNode play(
            Scenario scenario, Step step, TestCluster.Loaded loaded, MovingClock clock, Way way, ClusterReport report) {
        setTheStage(step, loaded, clock);
        var result = JSON.objectNode();
        result.put("after", step.after().toString());
        var endpoint = endpoint(pipeline(loaded.ports(), scenario.tellsAcrossNamespaces(), clock, "later"), clock);
        switch (step.action()) {
            case "sweep" ->
                result.put("sweep", sweep(loaded.ports(), clock, "later").run().toString());
            case "event" -> {
                var pod = loaded.inspector()
                        .get(Pod.class, scenario.namespace(), step.subject())
                        .orElseThrow();
                result.put("answer", way.tell(endpoint, EventPod.update(pod)));
            }
            case "approve", "approve-again" -> {
                if (step.subject().isEmpty()) {
                    loaded.stage().approve();
                } else {
                    loaded.stage()
                            .approve(step.subject(), step.action().equals("approve") ? "approved" : "approvedAgain");
                }
                tellOfIncidents(scenario, loaded, way, endpoint, result);
            }
            case "reject" -> {
                loaded.stage().reject(step.subject());
                tellOfIncidents(scenario, loaded, way, endpoint, result);
            }
            default -> throw new IllegalArgumentException(step.action());
        }
        report.add(result, loaded.inspector(), scenario.namespace());
        return result;
    }

    private static void tellOfIncidents(
            Scenario scenario, TestCluster.Loaded loaded, Way way, EventEndpoint endpoint, ObjectNode result) {
        loaded.inspector()
                .list(Incident.class, scenario.namespace())
                .forEach(incident -> result.put("answer", way.tell(endpoint, EventPod.update(incident))));
    }

    /** What the cluster has come to: incidents and workloads. */
    public static String end(ClusterReader reader, String namespace) {
        return KubernetesJson.yaml(ClusterReport.end(reader, namespace));
    }

    private static Sighting sighting(TestCluster.Loaded loaded) {
        var delivery = (Delivery.Single) CloudEventReader.read(loaded.event());
        return switch (delivery.element()) {
            case Delivery.Unreadable(var problem) -> new Sighting.Unusable(problem);
            case Delivery.Readable(var event) -> PodEvents.sight(event);
        };
    }

    private static void failures(ObjectNode result, List<Failure> failures) {
        var array = result.putArray("failures");
        for (var failure : failures) {
            var moment = switch (failure) {
                case Failure.CrashLoop crash -> crash.moment().name();
                case Failure.OomKilled oom -> oom.moment().name();
                case Failure.ImagePull pull -> pull.reason().name();
                case Failure.Pending pending -> pending.obstacle().name();
                case Failure.Ended ended -> ended.how().name();
                case Failure.NotReady _ -> "RUNNING";
                case Failure.Initializing _ -> "RUNNING";
            };
            array.add("%s of %s %s, %s"
                    .formatted(
                            failure.kind(),
                            failure.subject().role(),
                            failure.subject().container(),
                            moment));
        }
    }
}
