package dev.kubesent.evidence;

import java.util.List;
import java.util.Optional;

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
     * @param nearest images of the repository that it has, for whatever platform, most alike first; three at most
     * @param meant of a digest its tag, else the only one of all that is a slip of the finger away; for the platform of the node
     */
    record NoSuchTag(List<String> nearest, Optional<String> meant) implements RegistryFacts {

        public NoSuchTag {
            nearest = List.copyOf(nearest);
        }
    }

    /** Or it shows it to nobody who may not read it. */
    record NoSuchRepository() implements RegistryFacts {}
}
