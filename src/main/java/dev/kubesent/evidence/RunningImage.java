package dev.kubesent.evidence;

import java.util.Set;

/** An image that a container of the same namespace runs with: it exists, and could be pulled. @param pullSecrets of its pod */
public record RunningImage(String image, Set<String> pullSecrets) {

    public RunningImage {
        pullSecrets = Set.copyOf(pullSecrets);
    }

    /** Without tag and digest. A colon before the last slash is of a port. */
    public static String repository(String image) {
        var withoutDigest = image.replaceFirst("@.*", "");
        var colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }
}
