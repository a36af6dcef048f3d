package dev.kubesent.remedy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.memory.InMemoryCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A change of a workload of thousands is watched by some of its pods, and ends by all of them. */
class WorkloadPodsTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");
    private static final Fault CURED = Fault.ofMemory("app");
    private static final MemoryRaise RAISE = new MemoryRaise("app", Memory.parse("64Mi"), Memory.parse("128Mi"), false);
    private static final String BY_ITS_REPLICA_SET =
            "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-%1$s, uid: %1$s, controller: true}]";

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.fixed(SINCE, ZoneOffset.UTC));

    WorkloadPodsTest() {
        replicaSet("old", 1);
        replicaSet("new", 2);
    }

    @Test
    void before_the_controller_has_seen_it_there_is_no_pod_of_it() {
        deployment(1_200, "observedGeneration: 1, updatedReplicas: 1200, readyReplicas: 1200");
        pods("new", 0, 3, BY_ITS_REPLICA_SET, "12:00:10");

        assertThat(judged(5)).isEqualTo(new Survival.Watching("0 of 1200 pods have been running and ready for 60 s"));
    }

    @Test
    void while_the_rollout_goes_on_some_are_looked_at() {
        deployment(1_200, "observedGeneration: 2, updatedReplicas: 1150, readyReplicas: 1200");
        pods("new", 0, 1_150, BY_ITS_REPLICA_SET, "12:00:10");

        assertThat(judged(5))
                .isEqualTo(new Survival.Watching(
                        "1000 of 1200 pods have been running and ready for 60 s; no more than 1000 were looked at"));
    }

    @Test
    void when_its_controller_has_all_ready_all_are_looked_at() {
        deployment(1_200, "observedGeneration: 2, updatedReplicas: 1200, readyReplicas: 1200");
        pods("new", 0, 1_200, BY_ITS_REPLICA_SET, "12:00:10");

        assertThat(judged(5)).isEqualTo(new Survival.Alive("1200 of 1200 pods have been running and ready for 60 s"));
    }

    @Test
    void the_last_of_them_counts_like_the_first() {
        deployment(1_200, "observedGeneration: 2, updatedReplicas: 1200, readyReplicas: 1200");
        pods("new", 0, 1_199, BY_ITS_REPLICA_SET, "12:00:10");
        pods("new", 1_199, 1_200, BY_ITS_REPLICA_SET, "12:04:30");

        assertThat(judged(5))
                .isEqualTo(new Survival.Watching("1199 of 1200 pods have been running and ready for 60 s"));
    }

    /** One of the others could fail and be forgotten before they are looked at. */
    @Test
    void where_they_must_live_for_longer_than_a_failure_is_news_all_are_looked_at_each_time() {
        deployment(1_200, "observedGeneration: 2, updatedReplicas: 1200, readyReplicas: 1200");
        pods("new", 0, 1_200, BY_ITS_REPLICA_SET, "12:00:10");

        assertThat(judged(5, Duration.ofMinutes(9)))
                .isEqualTo(new Survival.Watching(
                        "0 of 1200 pods have been running and ready for 540 s; no more than 1000 were looked at"));
        assertThat(judged(5, Duration.ofMinutes(10)))
                .isEqualTo(new Survival.Watching("0 of 1200 pods have been running and ready for 600 s"));
    }

    /** Finding 4 of the security review. */
    @Test
    void a_pod_that_no_controller_of_it_made_is_none_of_it() {
        deployment(2, "observedGeneration: 2");
        pods("new", 0, 2, "", "12:00:10");

        assertThat(judged(5)).isEqualTo(new Survival.Watching("0 of 2 pods have been running and ready for 60 s"));

        pods("new", 0, 2, BY_ITS_REPLICA_SET, "12:00:10");

        assertThat(judged(5)).isEqualTo(new Survival.Alive("2 of 2 pods have been running and ready for 60 s"));
    }

    @Test
    void no_more_than_a_hundred_are_deleted_at_once() {
        deployment(150, "observedGeneration: 2");
        pods("old", 0, 150, BY_ITS_REPLICA_SET, "12:00:10");

        assertThat(pods().failing(_ -> true)).hasSize(100).doesNotHaveDuplicates();
    }

    private Survival judged(int minutes) {
        return judged(minutes, Duration.ofSeconds(60));
    }

    private Survival judged(int minutes, Duration mustLive) {
        var watch = new Watch(
                SINCE, mustLive, SINCE.plus(Duration.ofMinutes(10)), SINCE.plus(Duration.ofMinutes(minutes)), Set.of());
        return pods().judged(RAISE::isIn, pods().wanted(), watch, CURED);
    }

    private WorkloadPods pods() {
        var ref = new ObjectRef("apps/v1", "Deployment", "shop", "web", "web");
        return WorkloadPods.of(cluster, cluster.get(ref).orElseThrow());
    }

    private void deployment(int replicas, String status) {
        cluster.load(KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, uid: web, generation: 2}
            spec: {replicas: %d, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: app}]}}}
            status: {%s}
            """.formatted(replicas, status), Deployment.class));
    }

    private void replicaSet(String hash, int revision) {
        cluster.load(KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: web-%1$s
              namespace: shop
              uid: %1$s
              labels: {app: web, pod-template-hash: %1$s}
              annotations: {deployment.kubernetes.io/revision: '%2$d'}
              ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: web, controller: true}]
            spec: {selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: app}]}}}
            """.formatted(hash, revision), ReplicaSet.class));
    }

    private void pods(String hash, int from, int to, String owner, String started) {
        var pod = KubernetesJson.parse("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: shop
              labels: {app: web, pod-template-hash: %1$s}
              creationTimestamp: '2026-11-23T%3$sZ'
              %2$s
            spec:
              restartPolicy: Always
              containers: [{name: app, image: 'app:1', resources: {limits: {memory: 128Mi}}}]
            status:
              phase: Running
              conditions: [{type: Ready, status: 'True', lastTransitionTime: '2026-11-23T%3$sZ'}]
              containerStatuses:
              - {name: app, image: 'app:1', restartCount: 0, ready: true, state: {running: {startedAt: '2026-11-23T%3$sZ'}}}
            """.formatted(hash, owner.formatted(hash), started), Pod.class);
        for (int i = from; i < to; i++) {
            pod.getMetadata().setName("web-%s-%d".formatted(hash, i));
            pod.getMetadata().setUid(hash + i);
            cluster.load(pod);
        }
    }
}
