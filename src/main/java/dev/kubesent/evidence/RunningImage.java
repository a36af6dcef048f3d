package dev.kubesent.evidence;

/** An image that a container of the same namespace runs with: it exists, or did. */
public record RunningImage(String image) {

    /** Without tag and digest. A colon before the last slash is of a port. */
    public static String repository(String image) {
        var withoutDigest = image.replaceFirst("@.*", "");
        var colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }
}
