package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.evidence.revision.Census;
import dev.kubesent.evidence.revision.KeptRevision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is kept of each pod of a rollout of ten thousand, in bytes of heap: counted by the layout of objects on HotSpot with compressed references
 * (12 bytes of header, 4 for a reference, sizes in steps of 8), and not measured, so that it says the same each time.
 */
class KeptOfAPodTest {

    private static final int PODS = 10_000;
    private static final int REVISIONS = 10;
    private static final int NODES = 200;

    /** Issue 21. */
    private static final int MOST = 200;

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    /** As long as a name may be. */
    private static final String NODE = "n".repeat(240) + ".node-";

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void at_most_two_hundred_bytes_are_kept_of_a_pod() {
        var workload = KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, uid: web}
            spec: {replicas: 10000, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: app}]}}}
            """, GenericKubernetesResource.class);
        IntStream.rangeClosed(1, REVISIONS).forEach(this::replicaSet);
        IntStream.range(0, PODS).forEach(this::pod);
        var kept = KeptRevision.all(cluster, workload);
        assertThat(kept).hasSize(REVISIONS);

        var census = Census.of(cluster, workload, kept, "r" + REVISIONS, NOW);

        var pods = kept.stream().map(census::pods).flatMap(List::stream).toList();
        assertThat(pods).as("those that are looked at").hasSizeGreaterThan(5_000);
        assertThat(pods).extracting(Census.Seen::node).doesNotContain("");
        assertThat(bytes(pods) / pods.size()).isBetween(20L, (long) MOST);
    }

    /** With their places in lists that have room for half as many again. */
    private static long bytes(List<Census.Seen> pods) {
        Set<String> texts = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = pods.size() * 6L;
        for (var pod : pods) {
            bytes += shallow(Census.Seen.class);
            texts.add(pod.node());
        }
        return bytes
                + texts.stream()
                        .mapToLong(text -> 24 + aligned(16 + text.length()))
                        .sum();
    }

    private static long shallow(Class<? extends Record> type) {
        return aligned(12
                + Arrays.stream(type.getRecordComponents())
                        .mapToLong(KeptOfAPodTest::field)
                        .sum());
    }

    /** A component of another type has to be thought about: what it refers to would be kept as well. */
    private static long field(RecordComponent component) {
        return switch (component.getType().getName()) {
            case "boolean" -> 1;
            case "int" -> 4;
            case "long" -> 8;
            case "java.lang.String" -> 4;
            default -> throw new AssertionError("how much does it keep: " + component);
        };
    }

    private static long aligned(long bytes) {
        return (bytes + 7) / 8 * 8;
    }

    private void replicaSet(int number) {
        cluster.load(KubernetesJson.parse("""
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: web-r%1$d
              namespace: shop
              uid: uid-%1$d
              labels: {app: web, pod-template-hash: r%1$d}
              annotations: {deployment.kubernetes.io/revision: '%1$d'}
              ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: web, controller: true}]
            spec:
              selector: {matchLabels: {app: web, pod-template-hash: r%1$d}}
              template:
                metadata: {labels: {app: web, pod-template-hash: r%1$d}}
                spec: {containers: [{name: app, image: 'app:%1$d'}]}
            status: {replicas: 1000}
            """.formatted(number), ReplicaSet.class));
    }

    private void pod(int number) {
        cluster.load(
                KubernetesJson.parse("""
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: web-%1$d
                      namespace: shop
                      uid: pod-%1$d
                      labels: {app: web, pod-template-hash: r%2$d}
                      ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-r%2$d, uid: uid-%2$d, controller: true}]
                    spec: {nodeName: %3$s, containers: [{name: app, image: 'app:%2$d'}]}
                    status:
                      phase: Running
                      conditions: [{type: Ready, status: 'True', lastTransitionTime: '2026-11-23T11:00:00Z'}]
                    """.formatted(number, number % REVISIONS + 1, NODE + number % NODES), Pod.class));
    }
}
