package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.KillSwitch.Moment;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/**
 * Probe of the review: the process whose clock ran an hour ahead deletes a bare pod and is killed before it creates it again. The lease of its
 * incident is until an hour and two minutes from now, and nobody may finish the act: the pod is gone for that long.
 */
class IncidentHeldFromTheFutureTest {

    @Test
    void a_pod_that_was_deleted_is_created_again_within_minutes() {
        int gone = 0;
        int stays = 0;
        for (int call = 1; call < 80; call++) {
            var scenario = Scenario.named("oom-bare-pod-down").suffixed("k" + call);
            var loaded = new InMemoryTestCluster().load(scenario, at(scenario, Duration.ZERO));
            var dying = new KillSwitch(call, Moment.AFTER);
            try {
                var _ = ScenarioRun.endpoint(dying.around(loaded.ports()), at(scenario, Duration.ofHours(1)), "ahead")
                        .answer(loaded.event());
            } catch (KillSwitch.Killed e) {
                // as meant
            }
            if (!loaded.inspector().list(Pod.class, scenario.namespace()).isEmpty()) {
                continue;
            }
            gone++;
            for (int minutes = 3; minutes <= 30; minutes += 3) {
                ScenarioRun.pipeline(loaded.ports(), at(scenario, Duration.ofMinutes(minutes)), "next")
                        .resume("");
            }
            if (loaded.inspector().list(Pod.class, scenario.namespace()).isEmpty()) {
                stays++;
                System.out.println("killed after call " + call + ": gone after 30 minutes; "
                        + loaded.inspector()
                                .list(Incident.class, scenario.namespace())
                                .getFirst()
                                .progress()
                                .lease());
            }
        }
        System.out.println("gone " + gone + ", still gone after 30 minutes " + stays);
        assertThat(gone).isPositive();
        assertThat(stays).isZero();
    }

    private static Clock at(Scenario scenario, Duration later) {
        return Clock.fixed(scenario.time().plus(later), ZoneOffset.UTC);
    }
}
