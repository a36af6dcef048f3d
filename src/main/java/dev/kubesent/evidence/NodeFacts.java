package dev.kubesent.evidence;

import dev.kubesent.cluster.Memory;
import java.util.Optional;
import java.util.Set;

/** @param allocatable memory for pods; empty where the node does not report it */
public record NodeFacts(String name, Set<Trouble> troubles, Optional<Memory> allocatable) {

    public NodeFacts {
        troubles = Set.copyOf(troubles);
    }

    public enum Trouble {
        NOT_READY,
        CORDONED,
        MEMORY_PRESSURE,
        DISK_PRESSURE,
        PID_PRESSURE,
        /** The kernel ran out of memory for the whole node, not for one container (kubelet's event SystemOOM). */
        SYSTEM_OOM
    }
}
