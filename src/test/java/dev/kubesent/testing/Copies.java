package dev.kubesent.testing;

import dev.kubesent.event.Request;
import io.fabric8.kubernetes.api.model.Pod;
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
                .filter(object -> object.contains("kind: Deployment\nmetadata")
                        || object.contains("kind: ReplicaSet\nmetadata")
                        || object.contains("kind: Pod\nmetadata"))
                .map(object -> object.replace("namespace: " + scenario.namespace(), "namespace: " + namespace))
                .map(object -> NAME.matcher(object).replaceAll(name).replace("0d3ad7a9", "%08x".formatted(number)))
                .forEach(loaded.stage()::put);
        return EventPod.update(
                loaded.inspector().get(Pod.class, namespace, name + "-bbb-x1").orElseThrow());
    }
}
