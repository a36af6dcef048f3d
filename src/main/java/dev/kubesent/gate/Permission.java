package dev.kubesent.gate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a namespace or a workload lets KubeSent do to it. */
public enum Permission {
    /** A higher memory limit. */
    MEMORY,
    /** The pod template of an earlier revision that is known to live. */
    ROLLBACK,
    /** The tag of an image, to one that runs. */
    IMAGE,
    /** A startupProbe where there is none; a liveness probe that asks the port and not a path. Never none. */
    PROBE,
    /** Another pod in place of one that fails alone. */
    RESTART;

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
}
