package dev.kubesent.diagnosis;

import java.util.Set;

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
    /** A process that the program started was killed for memory, and the container lives. */
    CHILD_KILLED_FOR_MEMORY(Place.WORKLOAD),
    /** The Java heap is configured up to or past the memory limit. */
    JAVA_HEAP_AGAINST_LIMIT(Place.WORKLOAD),
    /** Node.js, or Go with GOGC=off, is told to use as much memory as the limit, or more. */
    HEAP_AGAINST_LIMIT(Place.WORKLOAD),
    /** Raised limits did not last: the memory grows until whatever limit there is. */
    LEAK_NOT_LIMIT(Place.WORKLOAD),
    /** Reported as OOMKilled, but how it ended does not fit that. */
    OOM_NOT_CERTAIN(Place.WORKLOAD),
    /** The registry answers that there is no such image. */
    IMAGE_NOT_FOUND(Place.WORKLOAD, Trait.OF_REVISION),
    /** The image exists, and not for this node's processor or operating system. */
    IMAGE_OF_OTHER_PLATFORM(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** What stands as the image is not a valid reference. */
    IMAGE_NAME_INVALID(Place.WORKLOAD, Trait.OF_REVISION),
    /** The image's name has no registry in it, and the node's runtime refuses such names. */
    IMAGE_NAME_SHORT(Place.WORKLOAD, Trait.OF_REVISION),
    /** The image's format is too old, or unknown, for the node's runtime. */
    IMAGE_FORMAT_UNSUPPORTED(Place.WORKLOAD, Trait.OF_REVISION),
    /** The image is not on the node, and imagePullPolicy Never forbids to pull it. */
    IMAGE_NOT_ON_NODE(Place.NODE, Trait.OF_ONE_POD),
    /** The registry refuses the credentials, or wants some. */
    IMAGE_CREDENTIALS_REFUSED(Place.WORKLOAD),
    /** A Secret of the pod's imagePullSecrets does not exist. */
    PULL_SECRET_MISSING(Place.WORKLOAD),
    /** The identity that the node itself pulls with may not read that registry. */
    NODE_IDENTITY_REFUSED(Place.REGISTRY),
    /** The registry has the image, and a policy of its keeps it back. */
    IMAGE_FORBIDDEN(Place.REGISTRY),
    /** The node's policy wants a signature that the image does not have. */
    IMAGE_SIGNATURE_REFUSED(Place.NODE, Trait.OF_ONE_POD),
    /** The registry cannot be reached, or answers with an error of its own. */
    REGISTRY_UNREACHABLE(Place.REGISTRY),
    /** The node and the registry do not come to terms about TLS. */
    REGISTRY_UNTRUSTED(Place.REGISTRY),
    /** The registry limits how often images may be pulled. */
    REGISTRY_RATE_LIMITED(Place.REGISTRY),
    /** The node has no room left for the image. */
    NODE_DISK_FULL(Place.NODE, Trait.OF_ONE_POD),
    /** The image's content on the node, or on its way there, is incomplete or changed. */
    IMAGE_DAMAGED(Place.NODE, Trait.OF_ONE_POD),
    /** The image was fetched, and the node's runtime cannot extract a layer of it. */
    IMAGE_NOT_UNPACKED(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** The kubelet limits how many images it pulls at once. */
    NODE_PULL_LIMITED(Place.NODE),
    /** The image cannot be pulled, and what the registry said fits several causes. */
    IMAGE_PULL_AMBIGUOUS(Place.UNCERTAIN),
    /** The image does not have the command. */
    COMMAND_NOT_FOUND(Place.WORKLOAD, Trait.OF_REVISION),
    /** The command is there, and may not be executed. */
    COMMAND_NOT_EXECUTABLE(Place.WORKLOAD, Trait.OF_REVISION),
    /** The program is of another processor, or a script without an interpreter. */
    WRONG_ARCHITECTURE(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** A library, or the loader, that the program needs is not in the image. */
    LIBRARY_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** The script's interpreter is not found, mostly for line ends as on Windows. */
    SCRIPT_UNREADABLE(Place.WORKLOAD, Trait.OF_REVISION),
    /** The working directory cannot be entered. */
    WORKING_DIRECTORY_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** The container may not be started as the user that the image asks for. */
    USER_REFUSED(Place.WORKLOAD, Trait.OF_REVISION),
    /** A Secret, a ConfigMap, or a key of one that the container needs does not exist. */
    CONFIGURATION_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** An AppArmor, seccomp or SELinux profile cannot be applied on the node. */
    SECURITY_PROFILE_REFUSED(Place.NODE, Trait.OF_ONE_POD),
    /** A hook that runs at the container's start fails. */
    HOOK_FAILED(Place.WORKLOAD, Trait.OF_REVISION),
    /** The volumes of the container cannot be mounted as its volumeMounts say. */
    MOUNTS_DO_NOT_FIT(Place.WORKLOAD, Trait.OF_REVISION),
    /** A volume's subPath cannot be prepared, and the kubelet does not say why. */
    MOUNT_NOT_PREPARED(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** The node does not propagate mounts as a volumeMount asks. */
    MOUNT_PROPAGATION_REFUSED(Place.NODE, Trait.OF_ONE_POD),
    /** A hook of the node's runtime fails, mostly of a GPU or another device. */
    DEVICE_HOOK_FAILED(Place.NODE, Trait.OF_ONE_POD),
    /** A limit of the container is no number that the kernel can take. */
    RESOURCES_IMPOSSIBLE(Place.WORKLOAD, Trait.OF_REVISION),
    /** The node's kubelet or runtime is stuck, overloaded or broken. */
    NODE_RUNTIME_FAILED(Place.NODE, Trait.OF_ONE_POD),
    /** The runtime cannot execute the container's command, in words that no rule knows. */
    COMMAND_CANNOT_START(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The container cannot be created or started, for a reason that no rule knows. */
    START_FAILED(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** Nothing listens where the program connects to. */
    DEPENDENCY_REFUSES(Place.DEPENDENCY),
    /** The name of what the program connects to cannot be resolved. */
    DEPENDENCY_UNRESOLVED(Place.DEPENDENCY),
    /** What the program connects to does not answer in time. */
    DEPENDENCY_SILENT(Place.DEPENDENCY),
    /** What the program connects to is not reached, and it does not say why. */
    DEPENDENCY_UNREACHED(Place.DEPENDENCY),
    /** The program does not trust the certificate of what it connects to. */
    DEPENDENCY_UNTRUSTED(Place.DEPENDENCY),
    /** What the program connects to refuses its credentials. */
    CREDENTIALS_REFUSED(Place.DEPENDENCY),
    /** What the program connects to knows it, and does not allow what it asks for. */
    DEPENDENCY_FORBIDS(Place.DEPENDENCY),
    /** What the program connects to answers with an error of its own. */
    DEPENDENCY_FAILS(Place.DEPENDENCY),
    /** The server has as many connections as it takes. */
    CONNECTION_LIMIT_REACHED(Place.DEPENDENCY),
    /** The cloud gives the pod no identity, or does not accept the one that it has. */
    IDENTITY_MISSING(Place.CLUSTER),
    /** The Kubernetes API refuses what the pod's ServiceAccount asks for. */
    API_FORBIDDEN(Place.CLUSTER),
    /** The cluster does not have a resource type that the program works with. */
    CRD_MISSING(Place.CLUSTER),
    /** The database's schema is not what this version of the program expects. */
    SCHEMA_MISMATCH(Place.DEPENDENCY),
    /** A Kubernetes object that the program asks for does not exist. */
    OBJECT_MISSING(Place.CLUSTER),
    /** The versions of the program and of what it works with do not fit each other. */
    VERSIONS_DO_NOT_FIT(Place.WORKLOAD, Trait.OF_REVISION),
    /** Another container of the pod fails, which this one needs. */
    SIBLING_FAILED(Place.WORKLOAD),
    /** The port that the program wants is taken. */
    PORT_IN_USE(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** A setting is missing, as the program says. */
    SETTING_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** A setting or configuration file cannot be used, as the program says. */
    SETTING_INVALID(Place.WORKLOAD, Trait.OF_REVISION),
    /** A variable that Kubernetes sets for a Service is taken for a setting of the program. */
    SERVICE_LINKS_IN_THE_WAY(Place.WORKLOAD),
    /** $(NAME) came to the program as it stands, because no such variable is known where it is used. */
    VARIABLE_NOT_EXPANDED(Place.WORKLOAD, Trait.OF_REVISION),
    /** The program does not take its arguments, and prints how it is to be called. */
    ARGUMENTS_REFUSED(Place.WORKLOAD, Trait.OF_REVISION),
    /** The directory that a job works on is not in its container. */
    SOURCE_DIRECTORY_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** A file that the program needs is neither in the image nor mounted. */
    FILE_MISSING(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The container's user may not read or write a file, or the file system is read-only. */
    FILE_FORBIDDEN(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The container lacks a right of the kernel: a capability, a user, a system call. */
    PRIVILEGE_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** Something that an earlier run made is in the way of this one. */
    LEFTOVER_IN_THE_WAY(Place.WORKLOAD),
    /** A limit of the system other than memory: open files, threads, inotify. */
    SYSTEM_LIMIT_REACHED(Place.NODE, Trait.OF_ONE_POD),
    /** The node has not what the program needs: instructions, a kernel module, a sysctl, a tool, a device. */
    NODE_LACKS_FEATURE(Place.NODE, Trait.OF_ONE_POD),
    /** The data on the volume was written by another version of the program. */
    DATA_OF_ANOTHER_VERSION(Place.WORKLOAD, Trait.OF_REVISION),
    /** The data on the volume is of another cluster, or of an earlier one. */
    DATA_OF_ANOTHER_CLUSTER(Place.STORAGE),
    /** The data on the volume is damaged. */
    DATA_DAMAGED(Place.STORAGE),
    /** The disk or volume that the program writes to is full. */
    DISK_FULL(Place.WORKLOAD, Trait.OF_ONE_POD),
    /** /dev/shm is full, whose size the memory limit does not set. */
    SHARED_MEMORY_FULL(Place.WORKLOAD, Trait.OF_ONE_POD),
    /** The program refuses to run without a valid licence. */
    LICENCE_REFUSED(Place.WORKLOAD),
    /** The program ran out of the memory that it allows itself, within its limit. */
    HEAP_EXHAUSTED(Place.WORKLOAD, Trait.OF_REVISION),
    /** The memory of the GPU does not suffice. */
    GPU_MEMORY_EXHAUSTED(Place.WORKLOAD),
    /** A lock is held by another process, or left behind by a killed one. */
    LOCK_HELD(Place.WORKLOAD, Trait.OF_ONE_POD),
    /** Memory behind a mapping is not there: a full /dev/shm, huge pages, a file that became shorter. */
    BUS_ERROR(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** The program breaks at a defect of its own. */
    PROGRAM_DEFECT(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The program ends by itself with an error, of which no more is known. */
    EXITS_WITH_ERROR(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The kubelet kills it: its probe asks another port than the program listens on. */
    PROBE_WRONG_PORT(Place.WORKLOAD, Trait.OF_REVISION),
    /** The kubelet kills it: its probe asks a path that the program does not have. */
    PROBE_WRONG_PATH(Place.WORKLOAD, Trait.OF_REVISION),
    /** The kubelet kills it: its probe speaks another protocol than the program. */
    PROBE_WRONG_PROTOCOL(Place.WORKLOAD, Trait.OF_REVISION),
    /** The probe asks at, or with, a host that the program does not answer for. */
    PROBE_WRONG_HOST(Place.WORKLOAD, Trait.OF_REVISION),
    /** The probe's command is not in the image, or may not be executed. */
    PROBE_COMMAND_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** The program answers its probe, and says that it is not well. */
    HEALTH_CHECK_FAILS(Place.WORKLOAD, Trait.OF_ONE_POD),
    /** The kubelet kills it while it still starts: its probe allows too little time. */
    PROBE_TOO_EARLY(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The kubelet kills it: it was up, and no longer answers its probe in time. */
    PROBE_TIMES_OUT(Place.WORKLOAD, Trait.OF_ONE_POD),
    /** The kubelet kills it, because its liveness or startup probe fails. */
    KILLED_BY_PROBE(Place.WORKLOAD, Trait.OF_ONE_POD),
    /** The program ends by itself, without an error, where it is meant to run for ever. */
    EXITS_ZERO(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** A signal ended it, and nothing says who sent it. */
    KILLED_BY_SIGNAL(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** A volume is a path of the node that is not there, or is something else. */
    HOST_PATH_MISSING(Place.WORKLOAD, Trait.OF_REVISION, Trait.OF_ONE_POD),
    /** The pod names a PersistentVolumeClaim that does not exist. */
    CLAIM_MISSING(Place.WORKLOAD, Trait.OF_REVISION),
    /** A claim of the pod has no volume yet. */
    CLAIM_NOT_BOUND(Place.CLUSTER),
    /** A volume that only one node may have is still at another. */
    VOLUME_IN_USE(Place.CLUSTER),
    /** The node has no driver for this kind of volume. */
    VOLUME_DRIVER_MISSING(Place.NODE, Trait.OF_ONE_POD),
    /** The storage refuses the node or its driver access to the volume. */
    VOLUME_FORBIDDEN(Place.CLUSTER, Trait.OF_ONE_POD),
    /** The storage does not answer the node, or its name does not resolve. */
    VOLUME_UNREACHABLE(Place.CLUSTER, Trait.OF_ONE_POD),
    /** The storage has no such volume or directory any more. */
    VOLUME_GONE(Place.CLUSTER),
    /** The file system on the volume cannot be mounted. */
    VOLUME_DAMAGED(Place.CLUSTER),
    /** The node, or each node that fits, can take no more volumes. */
    VOLUME_LIMIT_REACHED(Place.CLUSTER, Trait.OF_ONE_POD),
    /** The volume can only be used on other nodes than the pod may run on. */
    VOLUME_ELSEWHERE(Place.CLUSTER),
    /** The volume's owner or label is still being changed, file by file. */
    VOLUME_SETUP_SLOW(Place.WORKLOAD),
    /** A volume cannot be mounted, for a reason that no rule knows. */
    VOLUME_NOT_MOUNTED(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** The nodes that the pod may run on have not enough left. */
    NODES_FULL(Place.CLUSTER),
    /** The nodes themselves are down, cordoned or not ready. */
    NODES_NOT_READY(Place.CLUSTER),
    /** There is no node that the pod may run on. */
    NO_NODE_FITS(Place.WORKLOAD, Trait.OF_REVISION),
    /** No node offers the device or resource that the pod asks for. */
    RESOURCE_NOT_OFFERED(Place.CLUSTER),
    /** The node cannot have the image of the sandbox itself. */
    SANDBOX_IMAGE_NOT_PULLED(Place.NODE, Trait.OF_ONE_POD),
    /** The network plugin gives the pod no network. */
    POD_NETWORK_FAILED(Place.NODE, Trait.OF_ONE_POD),
    /** The pod's RuntimeClass names a handler that the node's runtime does not have. */
    RUNTIME_CLASS_MISSING(Place.NODE, Trait.OF_ONE_POD),
    /** The runtime cannot make the pod's sandbox, for a reason that no rule knows. */
    SANDBOX_FAILED(Place.UNCERTAIN, Trait.OF_ONE_POD),
    /** The pod, or a container or an emptyDir of it, used more storage of the node than its own limit, and was evicted. */
    EPHEMERAL_STORAGE_EXCEEDED(Place.WORKLOAD),
    /** The node ran short of memory, disk, inodes or processes, and evicted the pod. */
    EVICTED_UNDER_PRESSURE(Place.NODE),
    /** The kubelet did not take the pod that was placed on its node. */
    REFUSED_BY_KUBELET(Place.NODE),
    /** The node shut down, and the pod with it. */
    NODE_SHUT_DOWN(Place.NODE),
    /** The pod made room on its node for a critical one. */
    PREEMPTED(Place.CLUSTER),
    /** How the container ended is not known: its node, runtime or kubelet was restarted. */
    CONTAINER_LOST(Place.NODE),
    /** Its containers run, and it never became ready. */
    NEVER_READY(Place.WORKLOAD, Trait.OF_REVISION),
    /** An init container runs on, and all others wait for it. */
    INIT_CONTAINER_HANGS(Place.UNCERTAIN),
    /** A Job came to its deadline, which takes its pods along. */
    JOB_DEADLINE_EXCEEDED(Place.WORKLOAD),
    /** A Job has given up, and nothing is left that says why. */
    JOB_GAVE_UP(Place.UNCERTAIN),
    /** A CronJob skips its runs because an earlier one still runs. */
    RUN_OVERLAPS(Place.WORKLOAD),
    /** The API server does not take the Jobs that a CronJob makes. */
    JOB_NOT_ACCEPTED(Place.CLUSTER),
    /** The API server does not take the pods of a workload. */
    PODS_NOT_ACCEPTED(Place.CLUSTER),
    /** A CronJob does not begin its runs in time, or its schedule cannot be read. */
    SCHEDULE_MISSED(Place.WORKLOAD),
    /** A signature that the users of this cluster have written explains it. Nothing is ever done for it. */
    KNOWN_HERE(Place.UNCERTAIN),
    /** No rule knows. */
    UNKNOWN(Place.UNCERTAIN, Trait.OF_ONE_POD);

    private final Place place;
    private final Set<Trait> traits;

    Cause(Place place, Trait... traits) {
        this.place = place;
        this.traits = Set.of(traits);
    }

    public Place place() {
        return place;
    }

    /** Whether another revision would not have it. */
    public boolean isOfRevision() {
        return traits.contains(Trait.OF_REVISION);
    }

    /** Whether another pod of the same template may not have it. */
    public boolean mayBeOfOnePod() {
        return traits.contains(Trait.OF_ONE_POD);
    }
}
