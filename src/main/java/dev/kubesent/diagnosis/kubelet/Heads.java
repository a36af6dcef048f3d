package dev.kubesent.diagnosis.kubelet;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * How clauses begin, by who says them (kubernetes pkg/kubelet and pkg/volume, containerd internal/cri and core/remotes, cri-o,
 * containers/image, opencontainers/runc libcontainer, containernetworking/cni).
 */
final class Heads {

    /** @param phase empty where it stays as it was; so too of the speaker */
    record Head(Pattern begins, Optional<Speaker> speaker, Optional<Phase> phase, boolean isWrapper) {}

    private static final List<Head> ALL = List.of(
            wraps("\\(combined from similar events\\)|Error$|Failed$|code = |exit status \\d+$|exit code"
                    + " \\d+$|stdout$|unknown$|failed"
                    + " precondition|Err(ImagePull|ImageNeverPull)$|ImagePullBackOff$|CreateContainer(Config)?Error$|RunContainerError$|StartError$|err$|error$|\\[?rpc"
                    + " error|unmounted volumes=\\["),
            wraps(Speaker.KUBELET, Phase.RESOLVE, "Back-off pulling image|Failed to pull image|pull image"),
            wraps(Speaker.KUBELET, Phase.VERIFY, "image pull failed for .* because the signature validation failed"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.RESOLVE,
                    "failed to (resolve|authorize|fetch (anonymous|oauth) token)|failed to pull|Error response from"
                            + " daemon|initializing source|(unable to )?(pinging|pinging container|ping) registry|pinging"
                            + " container registry|reading manifest|determining manifest|choosing (an )?image|unable to"
                            + " retrieve auth token"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.RESOLVE,
                    "failed to do request|(Head|Get|Post) \\\\?\"|server message$|Server message$"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.FETCH,
                    "failed to copy|httpReadSeeker|failed open|copying system image|reading blob|fetching blob|writing"
                            + " blob|storing blob|parsing image configuration"),
            wraps(Speaker.RUNTIME, Phase.VERIFY, "failed commit on ref|Source image rejected"),
            says(Speaker.RUNTIME, Phase.VERIFY, "unexpected commit digest"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.UNPACK,
                    "failed to unpack|error unpacking|apply layer error|failed to extract layer|failed to apply"
                            + " layer|failed to prepare extraction|failed to register layer|ApplyLayer|[Ee]rror processing"
                            + " tar file|processing tar file|adding layer with blob|committing the finished image|failed"
                            + " to get reader from content store|failed to stat snapshot"),
            says(Speaker.RUNTIME, Phase.UNPACK, "content digest|parent snapshot|missing parent"),
            says(
                    Speaker.REGISTRY,
                    Phase.RESOLVE,
                    "unexpected status|pulling from host|manifest unknown|name"
                            + " unknown|unauthorized$|denied$|toomanyrequests|error parsing HTTP"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.START,
                    "failed to create (containerd task|shim task|task for container)|failed to start container"),
            wraps(
                    Speaker.OCI,
                    Phase.START,
                    "OCI runtime \\w+ failed|runc \\w+ failed|crun|container_linux\\.go|process_linux\\.go|starting"
                            + " container process caused|unable to start container process|error during container"
                            + " init|can't get final child's PID|could not run .* hook"),
            wraps(Speaker.HOOK, Phase.HOOK, "error running (\\w+ )?hook|error executing hook|stderr$"),
            says(
                    Speaker.HOOK,
                    Phase.HOOK,
                    "nvidia-container-cli|nvidia-container-runtime|could not apply required modification to OCI"
                            + " spec|(failed to|error) .*CDI|unresolvable CDI devices|CDI device injection"),
            wraps(
                    Speaker.OCI,
                    Phase.MOUNT,
                    "error mounting|failed to mount|create mountpoint|mount .* to rootfs|rootfs_linux\\.go|error"
                            + " preparing rootfs|cannot create subdirectories"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.CREATE,
                    "failed to generate|failed to create (containerd )?container|container create failed|failed to"
                            + " reserve container name"),
            says(Speaker.KUBELET, Phase.MOUNT, "failed to (prepare|create) subPath"),
            wraps(
                    Speaker.KUBELET,
                    Phase.SANDBOX,
                    "Failed to create pod sandbox|unable to ensure pod container exists|network is not ready|container"
                            + " runtime network not ready"),
            wraps(
                    Speaker.RUNTIME,
                    Phase.SANDBOX,
                    "failed to (get sandbox|start sandbox|create sandbox|run sandbox|reserve sandbox name|create pod"
                            + " sandbox)"),
            wraps(
                    Speaker.NETWORK,
                    Phase.SANDBOX,
                    "failed to (create pod network sandbox|set ?up network for sandbox|add hostport mapping)|failed to"
                            + " set up sandbox container|plugin type=|error adding (pod|container)|networkPlugin|add"
                            + " cmd|CNI request failed|\\[?\\S+/\\S+:\\S+\\]|failed"
                            + " \\(add\\)|Multus|\\[\\S+/\\S+(/\\S+)?\\]"),
            wraps(Speaker.KUBELET, Phase.ATTACH, "AttachVolume\\."),
            wraps(
                    Speaker.KUBELET,
                    Phase.MOUNT,
                    "(Mount|Map|Unmount|SetUp)Volume\\.|Unable to (attach or )?mount volumes|failed to mount secrets"
                            + " store objects|timed out waiting for the condition$|mount failed|Mounting command|Mounting"
                            + " arguments"),
            wraps(Speaker.STORAGE, Phase.MOUNT, "Output|Could not mount"),
            says(Speaker.STORAGE, Phase.MOUNT, "mount\\.\\w+|mount$"),
            wraps(Speaker.KUBELET, Phase.PROBE, "(Liveness|Readiness|Startup) probe (failed|errored)"));

    private Heads() {}

    private static Head wraps(String begins) {
        return new Head(compiled(begins), Optional.empty(), Optional.empty(), true);
    }

    private static Head wraps(Speaker speaker, Phase phase, String begins) {
        return new Head(compiled(begins), Optional.of(speaker), Optional.of(phase), true);
    }

    private static Head says(Speaker speaker, Phase phase, String begins) {
        return new Head(compiled(begins), Optional.of(speaker), Optional.of(phase), false);
    }

    private static Pattern compiled(String begins) {
        return Pattern.compile("^(?:" + begins + ")");
    }

    static Optional<Head> of(String clause) {
        return ALL.stream().filter(head -> head.begins().matcher(clause).find()).findFirst();
    }
}
