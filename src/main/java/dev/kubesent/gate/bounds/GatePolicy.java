package dev.kubesent.gate.bounds;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.Memory;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the user has set.
 *
 * @param confidence 0 to 100; below it nothing is done
 * @param maximum memory limit that KubeSent sets on one container
 * @param fields that may be changed, as {@code spec.containers[*].resources}
 * @param allowed where neither the workload nor its namespace says otherwise
 * @param managers field managers whose fields may be changed all the same; a {@code *} at the end stands for anything
 * @param ownNamespace where KubeSent runs
 */
public record GatePolicy(
        Mode mode,
        int confidence,
        Memory maximum,
        Set<String> fields,
        Set<Permission> allowed,
        List<String> managers,
        Breakers breakers,
        String ownNamespace) {

    /** In which the attempts at one workload are counted. */
    public static final Duration ATTEMPTS_WINDOW = Duration.ofHours(24);

    /** In which the changes in one namespace are counted. */
    public static final Duration BUDGET_WINDOW = Duration.ofHours(1);

    /** Opts a namespace in ({@code enabled}), and anything out ({@code disabled}). */
    public static final String HEAL = "kubesent.dev/heal";

    /** Namespaces that begin so are never changed. */
    public static final List<String> PROTECTED = List.of("kube-", "knative-");

    /** Raise upon raise never goes beyond so many times what the user once set, ... */
    public static final double GROWTH_TIMES = 4;

    /** ... or so much more, whichever is more. */
    public static final Memory GROWTH_OR_MORE_BY = Memory.ofMi(1024);

    public GatePolicy {
        fields = Set.copyOf(fields);
        allowed = Set.copyOf(allowed);
        managers = List.copyOf(managers);
    }

    public enum Mode {
        HEAL,
        /** Judge, dry-run and write down the change, and leave it to a person. */
        SUGGEST,
        /** The same, for a while: {@code KUBESENT_PAUSE}. An approval waits, too. */
        PAUSED
    }

    /**
     * When to stop.
     *
     * @param coolDown how long a workload is left alone after a change
     * @param attempts changes to one workload within {@link #ATTEMPTS_WINDOW}
     * @param budget changes in one namespace within {@link #BUDGET_WINDOW}
     * @param stormShare percent of the workloads in scope; more failing together are a storm. 100 for never
     * @param stormCount workloads; more failing together are a storm
     * @param stormCoolDown how long after the last of a storm nothing is changed yet
     */
    public record Breakers(
            Duration coolDown, int attempts, int budget, int stormShare, int stormCount, Duration stormCoolDown) {}

    /** As KubeSent calls itself when it writes; a plain patch of ours is another owner than our server-side apply. */
    public static final String OURSELVES = "kubesent";

    /** Whether a manager's fields may be changed without asking. */
    public boolean mayChangeFieldsOf(String manager) {
        return manager.equals(OURSELVES)
                || managers.stream()
                        .anyMatch(allowed -> allowed.endsWith("*")
                                ? manager.startsWith(allowed.substring(0, allowed.length() - 1))
                                : manager.equals(allowed));
    }
}
