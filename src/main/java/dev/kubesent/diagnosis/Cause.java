package dev.kubesent.diagnosis;

/** Why a container fails. What each means for a person: docs/causes.md, which a test keeps complete. */
public enum Cause {
    /** The container needed more memory than its limit, and the limit is what killed it. */
    MEMORY_LIMIT_TOO_LOW(Place.WORKLOAD),
    /** The containers of the pod hit the limit that they share. */
    POD_LIMIT_TOO_LOW(Place.WORKLOAD),
    /** The node, not the container's limit, ran out of memory. */
    NODE_OUT_OF_MEMORY(Place.NODE),
    /** The limit is below what the runtime needs to start any process at all. */
    TOO_SMALL_TO_START(Place.WORKLOAD),
    /** The Java heap is configured up to or past the memory limit. */
    JAVA_HEAP_AGAINST_LIMIT(Place.WORKLOAD),
    /** Node.js, or Go with GOGC=off, is told to use as much memory as the limit, or more. */
    HEAP_AGAINST_LIMIT(Place.WORKLOAD),
    /** Raised limits did not last: the memory grows until whatever limit there is. */
    LEAK_NOT_LIMIT(Place.WORKLOAD),
    /** Reported as OOMKilled, but how it ended does not fit that. */
    OOM_NOT_CERTAIN(Place.WORKLOAD),
    /** The registry answers that there is no such image. */
    IMAGE_NOT_FOUND(Place.WORKLOAD),
    /** The image exists, and not for this node's processor or operating system. */
    IMAGE_OF_OTHER_PLATFORM(Place.WORKLOAD),
    /** What stands as the image is not a valid reference. */
    IMAGE_NAME_INVALID(Place.WORKLOAD),
    /** The image is not on the node, and imagePullPolicy Never forbids to pull it. */
    IMAGE_NOT_ON_NODE(Place.NODE),
    /** The registry refuses the credentials, or wants some. */
    IMAGE_CREDENTIALS_REFUSED(Place.WORKLOAD),
    /** The registry has the image, and a policy of its keeps it back. */
    IMAGE_FORBIDDEN(Place.REGISTRY),
    /** The node's policy wants a signature that the image does not have. */
    IMAGE_SIGNATURE_REFUSED(Place.NODE),
    /** The registry cannot be reached, or answers with an error of its own. */
    REGISTRY_UNREACHABLE(Place.REGISTRY),
    /** The node and the registry do not come to terms about TLS. */
    REGISTRY_UNTRUSTED(Place.REGISTRY),
    /** The registry limits how often images may be pulled. */
    REGISTRY_RATE_LIMITED(Place.REGISTRY),
    /** The node has no room left for the image. */
    NODE_DISK_FULL(Place.NODE),
    /** The image cannot be pulled, and what the registry said fits several causes. */
    IMAGE_PULL_AMBIGUOUS(Place.UNCERTAIN),
    /** The image does not have the command. */
    COMMAND_NOT_FOUND(Place.WORKLOAD),
    /** The command is there, and may not be executed. */
    COMMAND_NOT_EXECUTABLE(Place.WORKLOAD),
    /** The program is of another processor, or a script without an interpreter. */
    WRONG_ARCHITECTURE(Place.WORKLOAD),
    /** A library, or the loader, that the program needs is not in the image. */
    LIBRARY_MISSING(Place.WORKLOAD),
    /** The script's interpreter is not found, mostly for line ends as on Windows. */
    SCRIPT_UNREADABLE(Place.WORKLOAD),
    /** The working directory cannot be entered. */
    WORKING_DIRECTORY_MISSING(Place.WORKLOAD),
    /** The container may not be started as the user that the image asks for. */
    USER_REFUSED(Place.WORKLOAD),
    /** A Secret, a ConfigMap, or a key of one that the container needs does not exist. */
    CONFIGURATION_MISSING(Place.WORKLOAD),
    /** An AppArmor, seccomp or SELinux profile cannot be applied on the node. */
    SECURITY_PROFILE_REFUSED(Place.NODE),
    /** A hook that runs at the container's start fails. */
    HOOK_FAILED(Place.WORKLOAD),
    /** The container's command cannot be executed, for a reason no rule knows. */
    COMMAND_CANNOT_START(Place.WORKLOAD),
    /** Nothing listens where the program connects to. */
    DEPENDENCY_REFUSES(Place.DEPENDENCY),
    /** The name of what the program connects to cannot be resolved. */
    DEPENDENCY_UNRESOLVED(Place.DEPENDENCY),
    /** What the program connects to does not answer in time. */
    DEPENDENCY_SILENT(Place.DEPENDENCY),
    /** The program does not trust the certificate of what it connects to. */
    DEPENDENCY_UNTRUSTED(Place.DEPENDENCY),
    /** What the program connects to refuses its credentials. */
    CREDENTIALS_REFUSED(Place.DEPENDENCY),
    /** The database's schema is not what this version of the program expects. */
    SCHEMA_MISMATCH(Place.DEPENDENCY),
    /** Another container of the pod fails, which this one needs. */
    SIBLING_FAILED(Place.WORKLOAD),
    /** The port that the program wants is taken. */
    PORT_IN_USE(Place.WORKLOAD),
    /** A setting is missing, as the program says. */
    SETTING_MISSING(Place.WORKLOAD),
    /** A setting or configuration file cannot be used, as the program says. */
    SETTING_INVALID(Place.WORKLOAD),
    /** The directory that a job works on is not in its container. */
    SOURCE_DIRECTORY_MISSING(Place.WORKLOAD),
    /** A file that the program needs is neither in the image nor mounted. */
    FILE_MISSING(Place.WORKLOAD),
    /** The container's user may not read or write a file, or the file system is read-only. */
    FILE_FORBIDDEN(Place.WORKLOAD),
    /** The disk or volume that the program writes to is full. */
    DISK_FULL(Place.WORKLOAD),
    /** /dev/shm is full, whose size the memory limit does not set. */
    SHARED_MEMORY_FULL(Place.WORKLOAD),
    /** The program refuses to run without a valid licence. */
    LICENCE_REFUSED(Place.WORKLOAD),
    /** The program ran out of the memory that it allows itself, within its limit. */
    HEAP_EXHAUSTED(Place.WORKLOAD),
    /** A lock is held by another process, or left behind by a killed one. */
    LOCK_HELD(Place.WORKLOAD),
    /** The program breaks at a defect of its own. */
    PROGRAM_DEFECT(Place.WORKLOAD),
    /** The program ends by itself with an error, of which no more is known. */
    EXITS_WITH_ERROR(Place.WORKLOAD),
    /** The kubelet kills it: its probe asks another port than the program listens on. */
    PROBE_WRONG_PORT(Place.WORKLOAD),
    /** The kubelet kills it: its probe asks a path that the program does not have. */
    PROBE_WRONG_PATH(Place.WORKLOAD),
    /** The kubelet kills it: its probe speaks another protocol than the program. */
    PROBE_WRONG_PROTOCOL(Place.WORKLOAD),
    /** The kubelet kills it while it still starts: its probe allows too little time. */
    PROBE_TOO_EARLY(Place.WORKLOAD),
    /** The kubelet kills it: it was up, and no longer answers its probe in time. */
    PROBE_TIMES_OUT(Place.WORKLOAD),
    /** The kubelet kills it, because its liveness or startup probe fails. */
    KILLED_BY_PROBE(Place.WORKLOAD),
    /** The program ends by itself, without an error, where it is meant to run for ever. */
    EXITS_ZERO(Place.WORKLOAD),
    /** A signal ended it, and nothing says who sent it. */
    KILLED_BY_SIGNAL(Place.UNCERTAIN),
    /** A volume is a path of the node that is not there, or is something else. */
    HOST_PATH_MISSING(Place.WORKLOAD),
    /** The pod names a PersistentVolumeClaim that does not exist. */
    CLAIM_MISSING(Place.WORKLOAD),
    /** A claim of the pod has no volume yet. */
    CLAIM_NOT_BOUND(Place.CLUSTER),
    /** A volume that only one node may have is still at another. */
    VOLUME_IN_USE(Place.CLUSTER),
    /** The node has no driver for this kind of volume. */
    VOLUME_DRIVER_MISSING(Place.NODE),
    /** A volume cannot be mounted, for a reason that no rule knows. */
    VOLUME_NOT_MOUNTED(Place.UNCERTAIN),
    /** The nodes that the pod may run on have not enough left. */
    NODES_FULL(Place.CLUSTER),
    /** The nodes themselves are down, cordoned or not ready. */
    NODES_NOT_READY(Place.CLUSTER),
    /** There is no node that the pod may run on. */
    NO_NODE_FITS(Place.WORKLOAD),
    /** The node cannot have the image of the sandbox itself. */
    SANDBOX_IMAGE_NOT_PULLED(Place.NODE),
    /** The network plugin gives the pod no network. */
    POD_NETWORK_FAILED(Place.NODE),
    /** The runtime cannot make the pod's sandbox, for a reason that no rule knows. */
    SANDBOX_FAILED(Place.UNCERTAIN),
    /** A Job came to its deadline, which takes its pods along. */
    JOB_DEADLINE_EXCEEDED(Place.WORKLOAD),
    /** A Job has given up, and nothing is left that says why. */
    JOB_GAVE_UP(Place.UNCERTAIN),
    /** A CronJob skips its runs because an earlier one still runs. */
    RUN_OVERLAPS(Place.WORKLOAD),
    /** The API server does not take the Jobs that a CronJob makes. */
    JOB_NOT_ACCEPTED(Place.CLUSTER),
    /** A CronJob does not begin its runs in time, or its schedule cannot be read. */
    SCHEDULE_MISSED(Place.WORKLOAD),
    /** No rule knows. */
    UNKNOWN(Place.UNCERTAIN);

    /** Where it is to be mended. */
    public enum Place {
        /** In the workload's own manifest, image or program. */
        WORKLOAD,
        NODE,
        REGISTRY,
        /** What the program connects to; or the way there. */
        DEPENDENCY,
        /** In what the cluster has to give: nodes, volumes. */
        CLUSTER,
        UNCERTAIN
    }

    private final Place place;

    Cause(Place place) {
        this.place = place;
    }

    public Place place() {
        return place;
    }

    /** Whether it lies outside of the workload: then nothing of the workload is to be changed for it. */
    public boolean isOutside() {
        return switch (place) {
            case NODE, REGISTRY, DEPENDENCY, CLUSTER -> true;
            case WORKLOAD, UNCERTAIN -> false;
        };
    }

    /**
     * Whether it is in what a revision brings along: its image, its command, its settings, its probes. Not what another revision would meet as
     * well: memory, credentials, a full disk, a lock, or anything outside.
     */
    public boolean isOfRevision() {
        return switch (this) {
            case IMAGE_NOT_FOUND,
                    IMAGE_OF_OTHER_PLATFORM,
                    IMAGE_NAME_INVALID,
                    COMMAND_NOT_FOUND,
                    COMMAND_NOT_EXECUTABLE,
                    WRONG_ARCHITECTURE,
                    LIBRARY_MISSING,
                    SCRIPT_UNREADABLE,
                    WORKING_DIRECTORY_MISSING,
                    USER_REFUSED,
                    CONFIGURATION_MISSING,
                    HOOK_FAILED,
                    COMMAND_CANNOT_START,
                    PORT_IN_USE,
                    SETTING_MISSING,
                    SETTING_INVALID,
                    SOURCE_DIRECTORY_MISSING,
                    FILE_MISSING,
                    FILE_FORBIDDEN,
                    HEAP_EXHAUSTED,
                    PROGRAM_DEFECT,
                    EXITS_WITH_ERROR,
                    EXITS_ZERO,
                    PROBE_WRONG_PORT,
                    PROBE_WRONG_PATH,
                    PROBE_WRONG_PROTOCOL,
                    PROBE_TOO_EARLY,
                    HOST_PATH_MISSING,
                    CLAIM_MISSING,
                    NO_NODE_FITS -> true;
            case MEMORY_LIMIT_TOO_LOW,
                    POD_LIMIT_TOO_LOW,
                    NODE_OUT_OF_MEMORY,
                    TOO_SMALL_TO_START,
                    JAVA_HEAP_AGAINST_LIMIT,
                    HEAP_AGAINST_LIMIT,
                    LEAK_NOT_LIMIT,
                    OOM_NOT_CERTAIN,
                    IMAGE_NOT_ON_NODE,
                    IMAGE_CREDENTIALS_REFUSED,
                    IMAGE_FORBIDDEN,
                    IMAGE_SIGNATURE_REFUSED,
                    REGISTRY_UNREACHABLE,
                    REGISTRY_UNTRUSTED,
                    REGISTRY_RATE_LIMITED,
                    NODE_DISK_FULL,
                    IMAGE_PULL_AMBIGUOUS,
                    SECURITY_PROFILE_REFUSED,
                    DEPENDENCY_REFUSES,
                    DEPENDENCY_UNRESOLVED,
                    DEPENDENCY_SILENT,
                    DEPENDENCY_UNTRUSTED,
                    CREDENTIALS_REFUSED,
                    SCHEMA_MISMATCH,
                    SIBLING_FAILED,
                    DISK_FULL,
                    SHARED_MEMORY_FULL,
                    LICENCE_REFUSED,
                    LOCK_HELD,
                    PROBE_TIMES_OUT,
                    KILLED_BY_PROBE,
                    KILLED_BY_SIGNAL,
                    CLAIM_NOT_BOUND,
                    VOLUME_IN_USE,
                    VOLUME_DRIVER_MISSING,
                    VOLUME_NOT_MOUNTED,
                    NODES_FULL,
                    NODES_NOT_READY,
                    SANDBOX_IMAGE_NOT_PULLED,
                    POD_NETWORK_FAILED,
                    SANDBOX_FAILED,
                    JOB_DEADLINE_EXCEEDED,
                    JOB_GAVE_UP,
                    RUN_OVERLAPS,
                    JOB_NOT_ACCEPTED,
                    SCHEDULE_MISSED,
                    UNKNOWN -> false;
        };
    }

    /** Its chapter of docs/causes.md, as a link finds it. */
    public String anchor() {
        return "docs/causes.md#" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
