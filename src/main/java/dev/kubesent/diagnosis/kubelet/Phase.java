package dev.kubesent.diagnosis.kubelet;

import java.util.Map;

/** How far a pod came on its way up, when something went wrong. */
public enum Phase {
    SCHEDULE("finds a node"),
    ADMIT("is admitted by the kubelet"),
    ATTACH("gets its volumes attached"),
    MOUNT("gets its volumes mounted"),
    SANDBOX("gets its sandbox"),
    RESOLVE("has its image looked up"),
    FETCH("has its image fetched"),
    VERIFY("has its image verified"),
    UNPACK("has its image unpacked"),
    CREATE("has its container created"),
    HOOK("has its hooks run"),
    START("has its program started"),
    PROBE("is probed"),
    EVICT("is evicted");

    /** By the reason of an Event, or of a container that waits or never started (kubelet, pkg/kubelet/events/event.go; scheduler; controllers). */
    private static final Map<String, Phase> OF_REASONS = Map.ofEntries(
            Map.entry("FailedScheduling", SCHEDULE),
            Map.entry("PodScheduled", SCHEDULE),
            Map.entry("UnexpectedAdmissionError", ADMIT),
            Map.entry("NodeAffinity", ADMIT),
            Map.entry("FailedAttachVolume", ATTACH),
            Map.entry("FailedMount", MOUNT),
            Map.entry("FailedMapVolume", MOUNT),
            Map.entry("VolumePermissionChangeInProgress", MOUNT),
            Map.entry("FailedCreatePodSandBox", SANDBOX),
            Map.entry("FailedPodSandBoxStatus", SANDBOX),
            Map.entry("FailedCreatePodContainer", SANDBOX),
            Map.entry("NetworkNotReady", SANDBOX),
            Map.entry("ErrImagePull", RESOLVE),
            Map.entry("ImagePullBackOff", RESOLVE),
            Map.entry("ImageInspectError", CREATE),
            Map.entry("InspectFailed", CREATE),
            Map.entry("RegistryUnavailable", RESOLVE),
            Map.entry("SignatureValidationFailed", VERIFY),
            Map.entry("StartError", START),
            Map.entry("RunContainerError", START),
            Map.entry("PreStartHookError", HOOK),
            Map.entry("PostStartHookError", HOOK),
            Map.entry("FailedPostStartHook", HOOK),
            Map.entry("Unhealthy", PROBE),
            Map.entry("Evicted", EVICT));

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** Where it begins; what is not known here begins with the container's creation. */
    static Phase of(String reason) {
        return OF_REASONS.getOrDefault(reason, CREATE);
    }

    /** For a sentence: "before it ...". */
    public String title() {
        return title;
    }

    /** Whether it is about having the image. */
    public boolean isOfImage() {
        return this == RESOLVE || this == FETCH || this == VERIFY || this == UNPACK;
    }
}
