package dev.kubesent.evidence;

import java.util.List;
import java.util.Optional;

/**
 * An image that a container of the same namespace runs with: it exists, or did.
 *
 * @param pullSecrets that its pod names, its ServiceAccount's included
 */
public record RunningImage(String image, List<String> pullSecrets) {

    /** What an image without a host is of. */
    public static final String DOCKER_HUB = "docker.io";

    public RunningImage {
        pullSecrets = List.copyOf(pullSecrets);
    }

    /** Of a pod that needs none. */
    public RunningImage(String image) {
        this(image, List.of());
    }

    /** Without tag and digest. A colon before the last slash is of a port. */
    public static String repository(String image) {
        var withoutDigest = image.replaceFirst("@.*", "");
        var colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }

    /** What stands between repository and digest; empty where nothing does. */
    public static Optional<String> tag(String image) {
        var withoutDigest = image.replaceFirst("@.*", "");
        var repository = repository(image);
        return withoutDigest.length() > repository.length()
                ? Optional.of(withoutDigest.substring(repository.length() + 1))
                : Optional.empty();
    }

    /** The host, with its port; what has none is of Docker Hub (distribution/reference, ParseNormalizedNamed). */
    public static String registry(String image) {
        var slash = image.indexOf('/');
        var first = slash < 0 ? "" : image.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : DOCKER_HUB;
    }
}
