package dev.kubesent.cluster;

/** Which part of an object a patch goes to. */
public enum Subresource {
    NONE(""),
    /** In-place resize of a pod (Kubernetes 1.33 and later; KEP-1287). */
    RESIZE("resize");

    private final String segment;

    Subresource(String segment) {
        this.segment = segment;
    }

    /** Of a REST path; empty for the object itself. */
    public String segment() {
        return segment;
    }
}
