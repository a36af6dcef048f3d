package dev.kubesent.evidence;

import java.util.List;

/** What a registry says of an image that could not be pulled. */
public sealed interface RegistryFacts {

    /** It is no such failure, or the settings do not name its registry. */
    record NotAsked() implements RegistryFacts {}

    /** It has the image by now, for the platform of the node. */
    record Exists() implements RegistryFacts {}

    /** It has the image, and not for the node. @param platforms such as {@code linux/arm64} */
    record OtherPlatforms(List<String> platforms) implements RegistryFacts {

        public OtherPlatforms {
            platforms = List.copyOf(platforms);
        }
    }

    /**
     * It has the repository, and not this tag or digest.
     *
     * @param nearest images of the repository that it has, for the platform of the node, most alike first; three at most
     */
    record NoSuchTag(List<String> nearest) implements RegistryFacts {

        public NoSuchTag {
            nearest = List.copyOf(nearest);
        }
    }

    /** Or it shows it to nobody who may not read it. */
    record NoSuchRepository() implements RegistryFacts {}
}
