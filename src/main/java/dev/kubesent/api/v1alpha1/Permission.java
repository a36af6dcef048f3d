package dev.kubesent.api.v1alpha1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a namespace or a workload lets KubeSent do to it. */
public enum Permission {
    /** A higher memory limit. */
    MEMORY(),
    /** The pod template of an earlier revision that is known to live. */
    ROLLBACK(),
    /** The tag of an image, to one that runs. */
    IMAGE("containers[*].image", "initContainers[*].image"),
    /** A startupProbe where there is none; a liveness probe that asks the port and not a path. Never none. */
    PROBE("containers[*].startupProbe", "containers[*].livenessProbe", "containers[*].readinessProbe"),
    /** Another pod in place of one that fails alone. */
    RESTART(),
    /** What a container runs, as a model suggests it and a person approves. */
    COMMAND("containers[*].command", "containers[*].args"),
    /** A variable of a container's environment, as a model suggests it and a person approves. */
    ENV("containers[*].env");

    /** The annotation of a workload, or else of its namespace, that says so. */
    public static final String ALLOW = "kubesent.dev/allow";

    private final Set<String> fields;

    Permission(String... ofThePod) {
        this.fields = Arrays.stream(ofThePod).map(field -> "spec." + field).collect(Collectors.toUnmodifiableSet());
    }

    /** Which an edit under it may set, as {@code spec.containers[*].image}. */
    public Set<String> fields() {
        return fields;
    }

    /** Where nobody has said anything. */
    public static final Set<Permission> BY_DEFAULT = Set.of(MEMORY, ROLLBACK);

    /** As users write it: {@code rollback}. Empty for any other word. */
    public static Optional<Permission> of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as a sentence has them. @param each as a format of its word */
    public static String words(String each) {
        var all = Arrays.stream(values()).map(one -> each.formatted(one.word())).collect(Collectors.joining(", "));
        return all.replaceFirst(", (?=[^,]*$)", " and ");
    }
}
