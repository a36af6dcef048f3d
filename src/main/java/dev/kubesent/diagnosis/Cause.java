package dev.kubesent.diagnosis;

/** Why a container fails. What each means for a person: docs/causes.md, which a test keeps complete. */
public enum Cause {
    /** The container needed more memory than its limit, and the limit is what killed it. */
    MEMORY_LIMIT_TOO_LOW,
    /** The node, not the container's limit, ran out of memory. */
    NODE_OUT_OF_MEMORY,
    /** The limit is below what the runtime needs to start any process at all. */
    TOO_SMALL_TO_START,
    /** The Java heap is configured up to or past the memory limit. */
    JAVA_HEAP_AGAINST_LIMIT,
    /** Raised limits did not last: the memory grows until whatever limit there is. */
    LEAK_NOT_LIMIT,
    /** Reported as OOMKilled, but how it ended does not fit that. */
    OOM_NOT_CERTAIN,
    /** The registry answers that there is no such image. */
    IMAGE_NOT_FOUND,
    /** What stands as the image is not a valid reference. */
    IMAGE_NAME_INVALID,
    /** The image is not on the node, and imagePullPolicy Never forbids to pull it. */
    IMAGE_NOT_ON_NODE,
    /** The registry refuses the credentials, or wants some. */
    IMAGE_CREDENTIALS_REFUSED,
    /** The registry cannot be reached, or answers with an error of its own. */
    REGISTRY_UNREACHABLE,
    REGISTRY_RATE_LIMITED,
    /** The image cannot be pulled, and what the registry said fits several causes. */
    IMAGE_PULL_AMBIGUOUS,
    /** The container's command cannot be executed. */
    COMMAND_CANNOT_START,
    /** The program ends by itself with an error. */
    EXITS_WITH_ERROR,
    /** The kubelet kills it, because its liveness or startup probe fails. */
    KILLED_BY_PROBE,
    /** The program ends by itself, without an error, where it is meant to run for ever. */
    EXITS_ZERO,
    /** A signal ended it, and nothing says who sent it. */
    KILLED_BY_SIGNAL,
    UNKNOWN
}
