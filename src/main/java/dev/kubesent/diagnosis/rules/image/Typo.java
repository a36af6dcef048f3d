package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.evidence.RunningImage;
import dev.kubesent.evidence.revision.OneEdit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether an image's name is one slip of the finger from one that runs here. A hint, and no proof: both may be meant. */
final class Typo {

    private Typo() {}

    /** A sentence for a person; nothing where none is so near. */
    static String hint(String image, List<RunningImage> running) {
        return nearest(image, running)
                .map(other -> " '" + other.image() + "' runs " + other.place() + ": a slip?")
                .orElse("");
    }

    private static Optional<RunningImage> nearest(String image, List<RunningImage> running) {
        return running.stream().filter(other -> isSlip(image, other.image())).findFirst();
    }

    /**
     * The one image of the same repository that runs here; where several do, the one that is a slip away.
     *
     * @return empty where it is not plain which
     */
    static Optional<RunningImage> ofSameRepository(String image, List<RunningImage> running) {
        var repository = RunningImage.repository(image);
        var others = running.stream()
                .filter(other -> RunningImage.repository(other.image()).equals(repository)
                        && !other.image().equals(image))
                .collect(Collectors.toMap(RunningImage::image, other -> other, (first, _) -> first, LinkedHashMap::new))
                .sequencedValues();
        var near = others.stream().filter(other -> isSlip(image, other.image())).toList();
        return Stream.of(near, others)
                .filter(candidates -> candidates.size() == 1)
                .map(candidates -> candidates.iterator().next())
                .findFirst();
    }

    /** One edit away, and not another version. What is longer by more may be another variant: 1.36-alpine is not 1.36. */
    static boolean isSlip(String image, String other) {
        return !isAnotherVersion(image, other) && OneEdit.isBetween(image, other);
    }

    /** shop:1.4 runs while shop:1.5 is rolled out, or shop:1.4.2 while shop:1.42 is: nobody's slip. */
    private static boolean isAnotherVersion(String image, String other) {
        return words(image).equals(words(other));
    }

    private static String words(String image) {
        return image.replaceAll("[\\d._-]", "");
    }
}
