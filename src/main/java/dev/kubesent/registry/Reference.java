package dev.kubesent.registry;

import dev.kubesent.evidence.RunningImage;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image's name, in its parts.
 *
 * @param repository as it was written, with its host
 * @param path of the repository at its registry
 * @param tag empty where there is none
 * @param digest empty where there is none
 */
record Reference(String repository, String path, Optional<String> tag, Optional<String> digest) {

    /** As the distribution-spec has them ("Pulling manifests"). */
    private static final Pattern PATH = Pattern.compile(
            "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+)*+");

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private static final Pattern DIGEST = Pattern.compile("^[a-z0-9]{1,32}+:[a-f0-9]{32,128}$");

    private static final String OFFICIAL = "library/";

    /** @return empty where it is no name of an image */
    static Optional<Reference> of(String image) {
        var repository = RunningImage.repository(image);
        var named = RunningImage.path(image);
        var path = RunningImage.registry(image).equals(RunningImage.DOCKER_HUB) && !named.contains("/")
                ? OFFICIAL + named
                : named;
        var tag = RunningImage.tag(image);
        var digest =
                image.contains("@") ? Optional.of(image.substring(image.indexOf('@') + 1)) : Optional.<String>empty();
        var isOne = path.length() < 256
                && PATH.matcher(path).matches()
                && tag.filter(one -> !TAG.matcher(one).matches()).isEmpty()
                && digest.filter(one -> !DIGEST.matcher(one).matches()).isEmpty();
        return isOne ? Optional.of(new Reference(repository, path, tag, digest)) : Optional.empty();
    }

    /** By which its manifest is asked for. */
    String named() {
        return digest.or(() -> tag).orElse("latest");
    }

    String image(String otherTag) {
        return repository + ":" + otherTag;
    }
}
