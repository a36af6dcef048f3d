package dev.kubesent.cluster;

/** What is watched. */
public enum Watched {
    PODS("v1", "pods"),
    INCIDENTS("kubesent.dev/v1alpha1", "incidents");

    private final String apiVersion;
    private final String plural;

    Watched(String apiVersion, String plural) {
        this.apiVersion = apiVersion;
        this.plural = plural;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** The resource name of the type. */
    public String plural() {
        return plural;
    }
}
