package dev.kubesent.cluster;

/** Of the API server. */
public record KubernetesVersion(int major, int minor) {

    /** As {@code /version} tells it; providers append to the minor one ("36+"). @throws NumberFormatException where it is no number */
    public static KubernetesVersion parse(String major, String minor) {
        return new KubernetesVersion(number(major), number(minor));
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceFirst("\\D.*$", ""));
    }

    public boolean isAtLeast(KubernetesVersion other) {
        return major > other.major || major == other.major && minor >= other.minor;
    }
}
