package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The registry answered, and has no such tag, digest or repository. */
final class ImageNotFound implements Rule {

    private static final Pattern NOT_FOUND = Pattern.compile(
            "(?i): not found$|: not found[\"\\s]|manifest unknown|name unknown|404 Not Found|code = NotFound");

    /** The image exists, only not for this node: that too ends in "not found". */
    private static final Pattern OTHER_PLATFORM =
            Pattern.compile("(?i)no match for platform in manifest|no matching manifest for|image operating system");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .filter(p -> !p.missingOrPrivate() && p.text(OTHER_PLATFORM).isEmpty())
                .flatMap(p -> p.text(NOT_FOUND)
                        .map(quote -> says(
                                Cause.IMAGE_NOT_FOUND,
                                p.confidence(NOT_FOUND),
                                "The registry has no image '" + p.pull().image() + "'."
                                        + Slip.hint(
                                                p.pull().image(),
                                                evidence.around()
                                                        .images()
                                                        .present()
                                                        .orElse(List.of())),
                                List.of(quote),
                                new Action.None("Correct the tag or the name, or push the image."))));
    }
}
