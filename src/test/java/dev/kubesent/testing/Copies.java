package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Request;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** More workloads that fail like that of a scenario with a Deployment {@code web} whose pod is {@code web-bbb-x1}. */
public final class Copies {

    private static final Pattern NAME = Pattern.compile("(?<![\\w/.])web(?![\\w.])");

    private Copies() {}

    /**
     * Puts the Deployment, its ReplicaSets and its pods into the cluster once more.
     *
     * @param namespace that they come to be in
     * @return what a source sends of its pod
     */
    public static Request add(Scenario scenario, String namespace, TestCluster.Loaded loaded, int number) {
        var name = "web%04d".formatted(number);
        scenario.objects().stream()
                .filter(object -> List.of("Deployment", "ReplicaSet", "Pod")
                        .contains(KubernetesJson.parse(object, ObjectNode.class)
                                .path("kind")
                                .asText()))
                .map(object -> object.replace("\"" + scenario.namespace() + "\"", "\"" + namespace + "\""))
                .map(object -> NAME.matcher(object).replaceAll(name).replace("0d3ad7a9", "%08x".formatted(number)))
                .forEach(loaded.stage()::put);
        return EventPod.update(
                loaded.inspector().get(Pod.class, namespace, name + "-bbb-x1").orElseThrow());
    }

    /** Puts bare pods' incidents of crash loops into a namespace: they were refused, and are seen failing now. */
    public static void looping(TestCluster.Loaded loaded, String namespace, int pods, Instant now) {
        for (int i = 0; i < pods; i++) {
            loaded.stage().put("""
                apiVersion: kubesent.dev/v1alpha1
                kind: Incident
                metadata: {name: looping-%1$d, namespace: %2$s}
                spec: {ownerKind: Pod, ownerName: looping-%1$d, revision: r, container: app, failure: CrashLoopBackOff}
                status:
                  phase: Refused
                  workload: Pod/looping-%1$d
                  seen: {first: '%3$s', last: '%3$s', times: 1, pod: looping-%1$d, restarts: 3}
                """.formatted(i, namespace, now));
        }
    }
}
