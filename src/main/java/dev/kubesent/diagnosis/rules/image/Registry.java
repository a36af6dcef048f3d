package dev.kubesent.diagnosis.rules.image;

import com.google.re2j.Pattern;
import dev.kubesent.evidence.RunningImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Registries that answer in ways of their own: whether a refusal hides that something is missing, and whether nodes pull with an identity
 * of their cloud. As they answered when asked for a repository that does not exist, without credentials (docs/evidence/causes.md).
 */
enum Registry {
    /** "pull access denied, repository does not exist or may require authorization", of both. */
    DOCKER_HUB("Docker Hub", "docker\\.io|registry-1\\.docker\\.io|index\\.docker\\.io", true, ""),
    /** 401 UNAUTHORIZED, "access to the requested resource is not authorized", of both. */
    QUAY("Quay", "quay\\.io", true, ""),
    /** 403 DENIED where the token is asked for, of both. */
    GHCR("GitHub's registry", "ghcr\\.io", true, ""),
    /** "denied: requested access to the resource is denied", of both. */
    GITLAB("GitLab", "registry\\.gitlab\\.com", true, ""),
    /** 403 of the token or the manifest, "(or it may not exist)". */
    GOOGLE(
            "Google's registry",
            "(?:[\\w-]{1,30}\\.)?gcr\\.io|[\\w-]{1,60}-docker\\.pkg\\.dev",
            true,
            "roles/artifactregistry.reader for the service account of the node pool, and its access scopes"),
    /** 401 of the token, whether or not it exists; an identity with AcrPull gets 404 of what is missing. */
    AZURE(
            "Azure's registry",
            "[\\w-]{1,60}\\.azurecr\\.(?:io|cn|us)",
            true,
            "AcrPull for the kubelet's identity, and the registry's network rules"),
    /** 403 with the missing permission; "no basic auth credentials" without any. */
    AMAZON(
            "Amazon's registry",
            "\\d{1,12}\\.dkr\\.ecr(?:-fips)?\\.[\\w-]{1,30}\\.amazonaws\\.com(?:\\.cn)?",
            false,
            "AmazonEC2ContainerRegistryReadOnly for the node's role, and the repository's policy"),
    OTHER("the registry", "[^\\s\\S]", false, "");

    private final String title;
    private final Pattern host;
    private final boolean hidesWhatExists;
    private final String right;

    Registry(String title, String host, boolean hidesWhatExists, String right) {
        this.title = title;
        this.host = Pattern.compile("^(?:" + host + ")$");
        this.hidesWhatExists = hidesWhatExists;
        this.right = right;
    }

    static Registry of(String image) {
        var name = RunningImage.registry(image).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(registry -> registry.host.matcher(name).matches())
                .findFirst()
                .orElse(OTHER);
    }

    String title() {
        return title;
    }

    /** Whether who may not read a repository is told the same as of one that is missing. */
    boolean hidesWhatExists() {
        return hidesWhatExists;
    }

    /** The right that a node's own identity needs; empty where nodes have none there. */
    Optional<String> right() {
        return Optional.of(right).filter(text -> !text.isEmpty());
    }
}
