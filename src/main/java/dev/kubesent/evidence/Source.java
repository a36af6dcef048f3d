package dev.kubesent.evidence;

/** Where a piece of evidence comes from. */
public enum Source {
    STATUS,
    SPEC,
    LOG,
    EVENTS,
    OWNERS,
    NAMESPACE,
    LIMIT_RANGES,
    QUOTAS,
    NODE,
    HISTORY,
    SERVICES,
    ROLLOUT,
    IMAGES,
    REGISTRY,
    TRAFFIC,
    USAGE,
    JOB
}
