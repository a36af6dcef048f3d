package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.reads.AtReads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What was read before somebody changed a workload, or before KubeSent did, decides nothing about it: found by a hostile review (docs/decisions/0132). */
class ReadBeforeTheChangeTest {

    private static final String PUSHED = "registry.lab/shop:1.5";

    /** Its new pod is OOM-killed as well, ten seconds after a sweep has listed the namespace and raised its limit. */
    @Test
    void a_change_of_our_own_is_not_taken_back_for_what_was_listed_before_it() {
        var scenario = Scenario.named("verify-a-deployment-is-raised-twice-then-taken-back");
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        loaded.stage().put(BESIDE.formatted(scenario.namespace()));
        var pipeline = ScenarioRun.pipeline(loaded.ports(), clock, "test");
        assertThat(new Sweep(pipeline, loaded.ports(), clock).run().failing()).isEqualTo(2);
        var step = scenario.steps().getFirst();
        clock.forward(Duration.ofSeconds(10));
        step.objects().forEach(loaded.stage()::put);
        step.remove().forEach(loaded.stage()::remove);
        var pod = loaded.inspector()
                .get(Pod.class, scenario.namespace(), step.subject())
                .orElseThrow();

        var _ = ScenarioRun.endpoint(pipeline, clock).answer(EventPod.update(pod));

        var container = container(loaded, scenario.namespace(), "web-oom");
        assertThat(container.getResources().getLimits()).containsEntry("memory", new Quantity("264Mi"));
        assertThat(loaded.inspector().list(Incident.class, scenario.namespace()))
                .filteredOn(incident -> incident.progress().workload().equals("Deployment/web-oom"))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().phase()).isEqualTo(Phase.Verifying));
    }

    /** A person pushes the fix between the read of the revisions and the read of what is to be changed. */
    @Test
    void a_release_that_was_pushed_while_it_was_judged_is_not_rolled_back() {
        var release = new Release();

        release.handleAfter("each", ReplicaSet.class);

        assertThat(release.image()).isEqualTo(PUSHED);
    }

    /** The list is fifteen seconds old at most, and the minute of the sweep is over. */
    @Test
    void nor_is_one_that_a_list_does_not_know() {
        var release = new Release();
        var pipeline = ScenarioRun.pipeline(release.loaded.ports(), release.clock, "test");
        pipeline.evidence().expectSeveral(release.scenario.namespace());
        release.clock.forward(Duration.ofSeconds(50));
        var _ = pipeline.evidence()
                .reader()
                .get(new ObjectRef("apps/v1", "ReplicaSet", release.scenario.namespace(), "web-aaa", ""));
        release.clock.forward(Duration.ofSeconds(2));
        release.push();
        release.clock.forward(Duration.ofSeconds(9));

        var _ = ScenarioRun.endpoint(pipeline, release.clock).answer(release.loaded.event());

        assertThat(release.image()).isEqualTo(PUSHED);
    }

    /** Of shop:1.4, which cannot be pulled, and of shop:1.5, which somebody pushes. */
    private static final class Release {

        private final Scenario scenario = Scenario.named("rollback-image-typo");
        private final MovingClock clock = new MovingClock(scenario.time());
        private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);

        /** Has the event handled, and pushes right after the first read of that kind. */
        void handleAfter(String read, Class<?> type) {
            var pushed = new AtomicBoolean();
            var between = AtReads.after(loaded.ports(), done -> {
                if (done.is(read, type) && pushed.compareAndSet(false, true)) {
                    push();
                }
            });

            var _ = ScenarioRun.endpoint(ScenarioRun.pipeline(between, clock, "test"), clock)
                    .answer(loaded.event());

            assertThat(pushed).as("it was read").isTrue();
        }

        void push() {
            loaded.stage().put(NEWEST);
            var namespace = scenario.namespace();
            var template = KubernetesJson.tree(loaded.inspector()
                            .get(ReplicaSet.class, namespace, "web-ccc")
                            .orElseThrow())
                    .at("/spec/template");
            ((ObjectNode) template.at("/metadata/labels")).remove("pod-template-hash");
            var web = loaded.inspector()
                    .get(new ObjectRef("apps/v1", "Deployment", namespace, "web", ""))
                    .orElseThrow();
            loaded.ports()
                    .writer()
                    .patch(
                            ObjectRef.of(web),
                            Subresource.NONE,
                            List.of(new PatchOperation.Put("/spec/template", template)));
        }

        String image() {
            return container(loaded, scenario.namespace(), "web").getImage();
        }
    }

    private static io.fabric8.kubernetes.api.model.Container container(
            TestCluster.Loaded loaded, String namespace, String name) {
        return loaded.inspector()
                .get(Deployment.class, namespace, name)
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static final String NEWEST = """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata:
          name: web-ccc
          namespace: rollback-image-typo
          uid: 0d3ad7a9-6f0c-4a5c-9b8e-2b60a3d4d0c3
          creationTimestamp: '2026-11-23T02:57:15Z'
          labels: {app: web, pod-template-hash: ccc}
          annotations: {deployment.kubernetes.io/revision: '3'}
          ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: 0d3ad7a9-6f0c-4a5c-9b8e-2b60a3d4d001, controller: true, blockOwnerDeletion: true}]
        spec:
          replicas: 1
          selector: {matchLabels: {app: web, pod-template-hash: ccc}}
          template:
            metadata: {labels: {app: web, pod-template-hash: ccc}}
            spec: {containers: [{name: app, image: 'registry.lab/shop:1.5', imagePullPolicy: IfNotPresent, resources: {limits: {cpu: 100m, memory: 96Mi}, requests: {cpu: 100m, memory: 96Mi}}, terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File}], dnsPolicy: ClusterFirst, restartPolicy: Always, schedulerName: default-scheduler, securityContext: {}, terminationGracePeriodSeconds: 30}
        """;

    private static final String BESIDE = """
        apiVersion: v1
        kind: Pod
        metadata: {name: bare, namespace: %s, uid: 0d3ad7a9-0000-4a5c-9b8e-2b60a3d4d0ff, creationTimestamp: '2026-11-23T01:00:00Z'}
        spec: {nodeName: lab, containers: [{name: app, image: r/app:1}]}
        status:
          phase: Running
          containerStatuses:
          - name: app
            image: r/app:1
            restartCount: 4
            state: {waiting: {reason: CrashLoopBackOff}}
            lastState: {terminated: {exitCode: 1, reason: Error, startedAt: '2026-11-23T01:01:00Z', finishedAt: '2026-11-23T01:01:01Z'}}
        """;
}
