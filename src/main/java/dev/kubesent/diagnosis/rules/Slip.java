package dev.kubesent.diagnosis.rules;

import dev.kubesent.evidence.RunningImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an image's name is one slip of the finger from one that runs here. A hint, and no proof: both may be meant. */
final class Slip {

    private Slip() {}

    /** A sentence for a person; nothing where none is so near. */
    static String hint(String image, List<RunningImage> running) {
        return nearest(image, running)
                .map(other -> " '" + other + "' runs in this namespace: a slip?")
                .orElse("");
    }

    private static Optional<String> nearest(String image, List<RunningImage> running) {
        return running.stream()
                .map(RunningImage::image)
                .filter(other -> isOneEdit(image, other) && !isAnotherVersion(image, other))
                .findFirst();
    }

    /**
     * The one image of the same repository that runs here; where several do, the one that is a slip away.
     *
     * @return empty where it is not plain which
     */
    static Optional<String> ofSameRepository(String image, List<RunningImage> running) {
        var repository = RunningImage.repository(image);
        var others = running.stream()
                .map(RunningImage::image)
                .filter(other -> RunningImage.repository(other).equals(repository) && !other.equals(image))
                .distinct()
                .toList();
        var near = others.stream().filter(other -> isSlip(image, other)).toList();
        return Stream.of(near, others)
                .filter(candidates -> candidates.size() == 1)
                .map(List::getFirst)
                .findFirst();
    }

    /** One edit away, and not another version. What is longer by more may be another variant: 1.36-alpine is not 1.36. */
    static boolean isSlip(String image, String other) {
        return !isAnotherVersion(image, other) && isOneEdit(image, other);
    }

    /** shop:1.4 runs while shop:1.5 is rolled out: nobody's slip. */
    private static boolean isAnotherVersion(String image, String other) {
        return image.replaceAll("\\d", "").equals(other.replaceAll("\\d", ""));
    }

    /** One character more, less or another, or two neighbours exchanged (Damerau and Levenshtein's distance of 1). */
    static boolean isOneEdit(String one, String other) {
        if (one.equals(other) || Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        var same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        var rest = one.substring(same);
        var otherRest = other.substring(same);
        if (rest.length() != otherRest.length()) {
            return rest.length() > otherRest.length()
                    ? rest.substring(1).equals(otherRest)
                    : otherRest.substring(1).equals(rest);
        }
        return rest.substring(1).equals(otherRest.substring(1)) || isExchanged(rest, otherRest);
    }

    private static boolean isExchanged(String one, String other) {
        return one.length() > 1
                && one.charAt(0) == other.charAt(1)
                && one.charAt(1) == other.charAt(0)
                && one.substring(2).equals(other.substring(2));
    }
}
