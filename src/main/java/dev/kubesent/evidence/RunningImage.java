package dev.kubesent.evidence;

import java.util.List;
import java.util.Optional;

/**
 * An image that a container runs with: it exists, or did.
 *
 * @param pullSecrets that its pod names, its ServiceAccount's included; none of another namespace
 */
public record RunningImage(String image, List<String> pullSecrets, Where where) {

    /** Seen from the pod that fails. */
    public enum Where {
        NAMESPACE,
        CLUSTER
    }

    /** What an image without a host is of. */
    public static final String DOCKER_HUB = "docker.io";

    public RunningImage {
        pullSecrets = List.copyOf(pullSecrets);
    }

    /** Of the same namespace. */
    public RunningImage(String image, List<String> pullSecrets) {
        this(image, pullSecrets, Where.NAMESPACE);
    }

    /** Of a pod of the same namespace that needs none. */
    public RunningImage(String image) {
        this(image, List.of());
    }

    /** As an end of "it runs". */
    public String place() {
        return switch (where) {
            case NAMESPACE -> "in this namespace";
            case CLUSTER -> "in this cluster";
        };
    }

    boolean isOf(String repository) {
        return repository(image).equals(repository);
    }

    /** Without tag and digest. A colon before the last slash is of a port. */
    public static String repository(String image) {
        var withoutDigest = image.replaceFirst("@.*", "");
        var colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }

    /** The repository, as its registry calls it. */
    public static String path(String image) {
        var repository = repository(image);
        var host = registry(image) + "/";
        return repository.startsWith(host) ? repository.substring(host.length()) : repository;
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
