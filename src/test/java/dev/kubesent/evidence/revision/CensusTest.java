package dev.kubesent.evidence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.RolloutFacts.Failing;
import dev.kubesent.evidence.RolloutFacts.Life;
import dev.kubesent.evidence.RolloutReader;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a rollout of thousands not all pods are looked at: what that may hide keeps the hands off. */
class CensusTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final String CRASHES = """
        phase: Running
        containerStatuses:
        - name: app
          image: app:1
          restartCount: 4
          ready: false
          state: {waiting: {reason: CrashLoopBackOff, message: 'back-off'}}
          lastState: {terminated: {exitCode: 1, reason: Error, startedAt: '2026-11-23T11:58:00Z', finishedAt: '2026-11-23T11:58:03Z'}}
        """;

    private static final String LIVES = """
        phase: Running
        conditions: [{type: Ready, status: 'True', lastTransitionTime: '2026-11-23T11:00:00Z'}]
        containerStatuses:
        - {name: app, image: 'app:1', restartCount: 0, ready: true, state: {running: {startedAt: '2026-11-23T11:00:00Z'}}}
        """;

    private final InMemoryCluster cluster = new InMemoryCluster(CLOCK);

    CensusTest() {
        cluster.load(KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, uid: web}
            spec: {replicas: 3000, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: app}]}}}
            """, Deployment.class));
    }

    @Test
    void all_of_few_are_looked_at() {
        replicaSet("old", 1, "");
        replicaSet("new", 2, "");
        pods("old", 3, LIVES);
        pods("new", 5, CRASHES);

        var facts = facts();

        assertThat(facts.life()).isEqualTo(Life.NEVER_READY);
        assertThat(facts.own().orElseThrow().failing()).isEqualTo(5);
        assertThat(facts.good(History.NONE)).isPresent();
    }

    @Test
    void of_more_than_are_looked_at_it_is_not_said_that_none_ever_lived() {
        replicaSet("old", 1, "");
        replicaSet("new", 2, "");
        pods("old", 3, LIVES);
        pods("new", 2_400, CRASHES);

        var facts = facts();

        assertThat(facts.life()).isEqualTo(Life.LIVED);
        assertThat(facts.failing()).isEqualTo(Failing.SEVERAL);
        assertThat(facts.own().orElseThrow().failing()).isEqualTo(2_000);
        assertThat(facts.good(History.NONE)).isPresent();
    }

    @Test
    void of_an_earlier_one_that_is_not_looked_through_the_controller_says_whether_all_are_ready() {
        replicaSet("old", 1, "status: {replicas: 600, readyReplicas: 599}");
        replicaSet("new", 2, "");
        pods("old", 600, LIVES);
        pods("new", 1_500, CRASHES);

        assertThat(facts().good(History.NONE)).isEmpty();

        replicaSet("old", 1, "status: {replicas: 600, readyReplicas: 600}");

        assertThat(facts().good(History.NONE)).isPresent();
    }

    @Test
    void what_the_controller_has_none_of_is_not_asked_for() {
        replicaSet("old", 1, "status: {replicas: 0}");
        replicaSet("new", 2, "");
        pods("new", 2_100, CRASHES);

        assertThat(facts().good(History.NONE)).isEmpty();
    }

    /** Its word comes a moment later than its pods. */
    @Test
    void what_the_controller_has_not_counted_yet_is_looked_at_all_the_same() {
        replicaSet("old", 1, "status: {replicas: 0}");
        replicaSet("new", 2, "status: {replicas: 0}");
        pods("old", 3, LIVES);
        pods("new", 2_100, CRASHES);

        var facts = facts();

        assertThat(facts.life()).isEqualTo(Life.LIVED);
        assertThat(facts.own().orElseThrow().failing()).isEqualTo(2_000);
        assertThat(facts.good(History.NONE)).isPresent();
    }

    @Test
    void a_pod_that_no_controller_made_counts_for_nothing() {
        replicaSet("old", 1, "");
        replicaSet("new", 2, "");
        pods("new", 5, CRASHES);
        for (var owner : List.of(
                "",
                "ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: web, controller: true}]",
                "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-old, uid: old, controller:"
                        + " false}]")) {
            cluster.load(pod("forged", "old", owner, LIVES));

            assertThat(facts().good(History.NONE)).as(owner).isEmpty();
        }
    }

    private RolloutFacts facts() {
        var failing = cluster.get(Pod.class, "shop", "web-new-0").orElseThrow();
        var replicaSet = new ObjectRef("apps/v1", "ReplicaSet", "shop", "web-new", "new");
        var deployment = new ObjectRef("apps/v1", "Deployment", "shop", "web", "web");
        var owners = new OwnerChain(List.of(
                new OwnerChain.Known(replicaSet, WorkloadKind.REPLICA_SET, object(replicaSet)),
                new OwnerChain.Known(deployment, WorkloadKind.DEPLOYMENT, object(deployment))));
        return new RolloutReader(cluster, CLOCK).facts(Failures.of(failing, NOW).getFirst(), failing, owners);
    }

    private GenericKubernetesResource object(ObjectRef ref) {
        return cluster.get(ref).orElseThrow();
    }

    private void replicaSet(String hash, int revision, String status) {
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
            spec:
              selector: {matchLabels: {app: web, pod-template-hash: %1$s}}
              template: {metadata: {labels: {app: web, pod-template-hash: %1$s}}, spec: {containers: [{name: app, image: 'app:%2$d'}]}}
            %3$s
            """.formatted(hash, revision, status), ReplicaSet.class));
    }

    private void pods(String hash, int number, String status) {
        var owner =
                "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-%1$s, uid: %1$s, controller: true}]"
                        .formatted(hash);
        var made = pod("web-" + hash, hash, owner, status);
        for (int i = 0; i < number; i++) {
            made.getMetadata().setName("web-%s-%d".formatted(hash, i));
            made.getMetadata().setUid(hash + i);
            cluster.load(made);
        }
    }

    private static Pod pod(String name, String hash, String owner, String status) {
        return KubernetesJson.parse("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              namespace: shop
              uid: %s
              labels: {app: web, pod-template-hash: %s}
              %s
            spec: {restartPolicy: Always, containers: [{name: app, image: 'app:1'}]}
            status:
            %s
            """.formatted(name, name, hash, owner, status.indent(2)), Pod.class);
    }
}
