package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.KillSwitch;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The process is killed in the middle of an act, and what comes next is an event of another failure of the same workload: the act is finished, and
 * watched. It is not taken for somebody else's.
 */
class CutShortBesideAnotherTest {

    private static final Scenario OOM = Scenario.named("oom-deployment");

    private static final String POD = "web-oom-66b8b974b8-22csp";

    private static final int MOST_CALLS = 60;

    @TestFactory
    Stream<DynamicTest> an_act_that_was_cut_short_is_finished_by_the_event_of_another_failure() {
        var tests = new ArrayList<DynamicTest>();
        for (var call = 1; call < MOST_CALLS; call++) {
            for (var moment : KillSwitch.Moment.values()) {
                var clock = new MovingClock(OOM.time());
                var loaded = new InMemoryTestCluster().load(OOM, clock);
                if (isKilledInTheAct(loaded, clock, call, moment)) {
                    tests.add(dynamicTest("%s call %d".formatted(moment, call), () -> isFinished(loaded, clock)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(4);
        return tests.stream();
    }

    private static boolean isKilledInTheAct(
            TestCluster.Loaded loaded, MovingClock clock, int call, KillSwitch.Moment moment) {
        try {
            var _ = ScenarioRun.endpoint(new KillSwitch(call, moment).around(loaded.ports()), clock, "one")
                    .answer(loaded.event());
            return false;
        } catch (KillSwitch.Killed e) {
            return incidents(loaded).stream()
                    .anyMatch(incident -> incident.progress().phase() == Phase.Acting);
        }
    }

    private static void isFinished(TestCluster.Loaded loaded, MovingClock clock) {
        clock.forward(Duration.ofSeconds(130)); // the lease has run out
        loaded.stage().put("""
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, namespace: %s}
            status:
              containerStatuses:
              - name: app
                ready: false
                started: false
                restartCount: 4
                image: docker.io/lab/memhog:1
                imageID: sha256:2c35
                lastState: {terminated: {exitCode: 1, reason: Error, startedAt: "2026-11-23T02:58:10Z", finishedAt: "2026-11-23T02:58:11Z"}}
                state: {waiting: {reason: CrashLoopBackOff, message: "back-off 40s restarting failed container=app"}}
            """.formatted(POD, OOM.namespace()));
        var pod = loaded.inspector().get(Pod.class, OOM.namespace(), POD).orElseThrow();

        var isMade = !limit(loaded).equals("32Mi");

        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "two").answer(EventPod.update(pod));

        assertThat(incidents(loaded))
                .filteredOn(incident -> incident.getSpec().failure() == FailureKind.OOMKilled)
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.progress().phase()).isEqualTo(isMade ? Phase.Verifying : Phase.Closed);
                    assertThat(incident.progress().acts()).hasSize(isMade ? 1 : 0);
                });
        assertThat(limit(loaded)).isEqualTo(isMade ? "132Mi" : "32Mi");
    }

    private static String limit(TestCluster.Loaded loaded) {
        return loaded.inspector()
                .list(Deployment.class, OOM.namespace())
                .getFirst()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits()
                .get("memory")
                .toString();
    }

    private static List<Incident> incidents(TestCluster.Loaded loaded) {
        return loaded.inspector().list(Incident.class, OOM.namespace());
    }
}
