package dev.kubesent.testing;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.regex.Pattern;

/** More workloads that fail like that of a scenario with the Deployment {@code web}, in its namespace. */
public final class Copies {

    private static final Pattern NAME = Pattern.compile("(?<![\\w/.])web(?![\\w.])");

    private Copies() {}

    /** Puts the Deployment, its ReplicaSets and its pods into the cluster once more. @return the name of the new Deployment */
    public static String add(Scenario scenario, TestCluster.Loaded loaded, int number) {
        var name = "web%04d".formatted(number);
        scenario.objects().stream()
                .filter(object -> object.contains("\nkind: Deployment")
                        || object.contains("\nkind: ReplicaSet")
                        || object.contains("\nkind: Pod"))
                .map(object -> NAME.matcher(object).replaceAll(name).replace("0d3ad7a9", "%08x".formatted(number)))
                .forEach(loaded.stage()::put);
        return name;
    }

    /** What a source sends of its only pod. */
    public static dev.kubesent.event.Request event(TestCluster.Loaded loaded, Scenario scenario, String deployment) {
        return EventPod.update(loaded.inspector()
                .get(Pod.class, scenario.namespace(), deployment + "-bbb-x1")
                .orElseThrow());
    }
}
