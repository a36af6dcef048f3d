package dev.kubesent.gate;

import dev.kubesent.cluster.Memory;
import java.time.Duration;
import java.util.Set;

/**
 * What the user has set.
 *
 * @param confidence 0 to 100; below it nothing is done
 * @param maximum memory limit that KubeSent sets on one container
 * @param fields that may be changed, as {@code spec.containers[*].resources}
 * @param coolDown how long a change must have lasted before the workload is changed again; a failure sooner than {@link
 *     #RETRY_WINDOW} after a change is a retry of the same cure and not cooled down
 * @param attempts changes to one workload within {@link #ATTEMPTS_WINDOW}
 * @param ownNamespace where KubeSent runs
 */
public record GatePolicy(
        Mode mode,
        int confidence,
        Memory maximum,
        Set<String> fields,
        Duration coolDown,
        int attempts,
        String ownNamespace) {

    /** Cluster API draws the same line: a failure shortly after a remedy is a retry, a later one is new (KCP, minHealthyPeriod). */
    public static final Duration RETRY_WINDOW = Duration.ofMinutes(10);

    public static final Duration ATTEMPTS_WINDOW = Duration.ofHours(24);

    public GatePolicy {
        fields = Set.copyOf(fields);
    }

    public enum Mode {
        HEAL,
        /** Judge, dry-run and write down the change, and leave it to a person. */
        SUGGEST
    }
}
