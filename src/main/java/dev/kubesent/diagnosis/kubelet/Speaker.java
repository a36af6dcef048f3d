package dev.kubesent.diagnosis.kubelet;

/** Who says a clause. Each repeats what the next one said to it, so that the last one knows. */
public enum Speaker {
    KUBELET("the kubelet"),
    SCHEDULER("the scheduler"),
    /** containerd, CRI-O, cri-dockerd. */
    RUNTIME("the node's container runtime"),
    /** runc, crun, youki: what makes the process. */
    OCI("the node's runc or crun"),
    /** A hook of the runtime, as those of devices. */
    HOOK("a hook of the node's runtime"),
    /** A CNI plug-in. */
    NETWORK("the network plugin"),
    /** A CSI driver, or a provider behind one. */
    DRIVER("the storage driver"),
    REGISTRY("the registry"),
    /** A mount program, a file server, a cloud's disks. */
    STORAGE("the storage"),
    /** The program that a probe or a hook of the pod asks. */
    PROGRAM("the program");

    private final String title;

    Speaker(String title) {
        this.title = title;
    }

    /** For a sentence. */
    public String title() {
        return title;
    }
}
