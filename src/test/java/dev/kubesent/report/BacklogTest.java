package dev.kubesent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ObjectRef;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final ObjectRef POD = new ObjectRef("v1", "Pod", "demo", "web-1", "u");

    private final Backlog backlog = new Backlog();
    private final Recording recording = new Recording(new ArrayList<>());

    @Test
    void what_was_told_before_anybody_was_there_is_told_later_in_its_order() {
        backlog.moved(new Incident());
        backlog.tell(new Finished(new Incident(), POD, POD));
        backlog.swept();
        assertThat(recording.told).isEmpty();

        backlog.join(recording);

        assertThat(recording.told).containsExactly("moved", "finished", "swept");
    }

    @Test
    void from_then_on_it_is_told_at_once_and_nothing_twice() {
        backlog.handled(EventOutcome.OPENED);
        backlog.join(recording);
        backlog.handled(EventOutcome.DROPPED);

        assertThat(recording.told).containsExactly("OPENED", "DROPPED");
    }

    @Test
    void a_stage_that_began_before_anybody_could_follow_it_is_told_when_it_has_ended() {
        var done = backlog.begun(Stage.EVIDENCE, "demo/one");
        done.close();
        var failed = backlog.begun(Stage.GATE, "demo/one");
        backlog.join(recording);
        failed.failed(new IllegalStateException("no"));
        failed.close();
        backlog.begun(Stage.REMEDY, "demo/one").close();

        assertThat(recording.told)
                .containsExactly("took EVIDENCE none", "took GATE IllegalStateException", "begun REMEDY");
    }

    @Test
    void a_stage_that_is_told_later_is_counted_in_the_timer_of_those_that_are_followed() {
        var meters = new SimpleMeterRegistry();
        var observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        var followed = new Reporters(List.of(new Counters(meters, Clock.systemUTC()), new Traces(observations)));

        followed.begun(Stage.GATE, "demo/one").close();
        followed.took(Stage.GATE, Duration.ofSeconds(3), Reporter.NO_ERROR);

        var timer = meters.get("kubesent.stage").timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.getId().getTag("stage")).isEqualTo("GATE");
    }

    @Test
    void what_it_keeps_is_bounded() {
        for (int i = 0; i < Backlog.MOST + 1; i++) {
            backlog.swept();
        }
        backlog.join(recording);

        assertThat(recording.told).hasSize(Backlog.MOST);
    }

    @Test
    void incidents_have_a_bound_of_their_own() {
        for (int i = 0; i < Backlog.INCIDENTS; i++) {
            backlog.swept();
        }
        for (int i = 0; i < Backlog.INCIDENTS + 1; i++) {
            backlog.moved(new Incident());
        }
        backlog.join(recording);

        assertThat(recording.told.stream().filter("moved"::equals)).hasSize(Backlog.INCIDENTS);
    }

    @Test
    void events_are_counted_and_not_kept_so_that_none_is_missing() {
        for (int i = 0; i < Backlog.MOST + 1; i++) {
            backlog.handled(EventOutcome.DROPPED);
        }
        backlog.handled(EventOutcome.OPENED);
        backlog.join(recording);

        assertThat(recording.told).hasSize(Backlog.MOST + 2).containsOnlyOnce("OPENED");
    }

    @Test
    void whoever_can_end_it_is_told_when_it_gets_long_and_not_for_events() {
        var told = new ArrayList<String>();
        backlog.whenLong(() -> told.add("long"));
        for (int i = 0; i < Backlog.LONG - 1; i++) {
            backlog.handled(EventOutcome.DROPPED);
            backlog.took(Stage.EVIDENCE, Duration.ZERO, "none");
        }
        assertThat(told).isEmpty();

        backlog.swept();

        assertThat(told).containsExactly("long");
    }

    @Test
    void incidents_take_more_and_so_they_are_many_sooner() {
        var told = new ArrayList<String>();
        backlog.whenLong(() -> told.add("long"));
        for (int i = 0; i < Backlog.MANY_INCIDENTS - 1; i++) {
            backlog.moved(new Incident());
        }
        assertThat(told).isEmpty();

        backlog.moved(new Incident());

        assertThat(told).containsExactly("long");
    }

    private record Recording(List<String> told) implements Reporter {

        @Override
        public void tell(Finished finished) {
            told.add("finished");
        }

        @Override
        public void moved(Incident incident) {
            told.add("moved");
        }

        @Override
        public void handled(EventOutcome outcome) {
            told.add(outcome.name());
        }

        @Override
        public void swept() {
            told.add("swept");
        }

        @Override
        public void took(Stage stage, Duration time, String error) {
            told.add("took " + stage + " " + error);
        }

        @Override
        public StageSpan begun(Stage stage, String incident) {
            told.add("begun " + stage);
            return StageSpan.UNOBSERVED;
        }
    }
}
