package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.reads.AtReads;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A sweep reads once what several diagnoses need alike. A change is judged by what the cluster has then, also where that was changed a moment before. */
class SweepChangesNothingFromMemoryTest {

    private static final Scenario SCENARIO = Scenario.named("oom-deployment");

    private final MovingClock clock = new MovingClock(SCENARIO.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(SCENARIO, clock);
    private final AtomicInteger lists = new AtomicInteger();

    @Test
    void a_workload_that_is_opted_out_after_it_was_read_for_all_is_not_changed() {
        another();

        var swept = sweep(() -> loaded.stage().put("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web-oom, namespace: oom-deployment, annotations: {kubesent.dev/heal: disabled}}
            """));

        assertThat(swept.failing()).isEqualTo(2);
        assertThat(lists).as("times that Deployments were read for all").hasValue(1);
        assertThat(ofDeployment().progress().phase()).isEqualTo(Phase.Refused);
        assertThat(ofDeployment().progress().verdict().reasons()).anyMatch(reason -> reason.startsWith("OPTED_OUT"));
    }

    @Test
    void where_nobody_does_it_is_changed() {
        another();

        var _ = sweep(() -> {});

        assertThat(lists).hasValue(1);
        assertThat(ofDeployment().progress().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void one_that_fails_alone_is_asked_for_by_name() {
        var _ = sweep(() -> {});

        assertThat(lists).hasValue(0);
        assertThat(ofDeployment().progress().phase()).isEqualTo(Phase.Verifying);
    }

    private Sweep.Swept sweep(Runnable afterTheList) {
        var watching = AtReads.after(loaded.ports(), read -> {
            if (read.is("list", "Deployment")) {
                lists.incrementAndGet();
                afterTheList.run();
            }
        });
        return new Sweep(ScenarioRun.pipeline(watching, clock, "test"), watching, clock).run();
    }

    /** A bare pod that crashes. */
    private void another() {
        loaded.stage().put("""
            apiVersion: v1
            kind: Pod
            metadata: {name: bare, namespace: oom-deployment, uid: 0d3ad7a9-0000-4a5c-9b8e-2b60a3d4d0ff, creationTimestamp: '2026-11-23T01:00:00Z'}
            spec: {nodeName: lab, containers: [{name: app, image: r/app:1}]}
            status:
              phase: Running
              containerStatuses:
              - name: app
                image: r/app:1
                restartCount: 4
                state: {waiting: {reason: CrashLoopBackOff}}
                lastState: {terminated: {exitCode: 1, reason: Error, startedAt: '2026-11-23T01:01:00Z', finishedAt: '2026-11-23T01:01:01Z'}}
            """);
    }

    private Incident ofDeployment() {
        return loaded.inspector().list(Incident.class, SCENARIO.namespace()).stream()
                .filter(incident -> incident.getSpec().ownerKind().equals("ReplicaSet"))
                .findFirst()
                .orElseThrow();
    }
}
