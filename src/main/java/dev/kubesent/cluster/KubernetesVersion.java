package dev.kubesent.cluster;

/** Of the API server. */
public record KubernetesVersion(int major, int minor) {

    /** As {@code /version} tells it; providers append to the minor one ("36+"). 0 where it says none. */
    public static KubernetesVersion parse(String major, String minor) {
        return new KubernetesVersion(number(major), number(minor));
    }

    private static int number(String text) {
        var digits = text.replaceFirst("\\D.*$", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    public boolean isAtLeast(KubernetesVersion other) {
        return major > other.major || major == other.major && minor >= other.minor;
    }
}
