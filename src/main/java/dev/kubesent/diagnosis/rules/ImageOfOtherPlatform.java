package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The image exists, only not for this node's processor. containerd ends that in "not found", too. */
final class ImageOfOtherPlatform implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)no match for platform in manifest|no matching manifest for|image operating system .* cannot be used"
                    + "|no image found in (manifest list|image index) for architecture");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(
                        p -> p.text(TEXT)
                                .map(
                                        quote -> says(
                                                Cause.IMAGE_OF_OTHER_PLATFORM,
                                                p.confidence(TEXT),
                                                "The image exists, but not for the processor or operating system of this node.",
                                                List.of(quote),
                                                new Action.None(
                                                        "Build it for this platform as well, or keep the pod to nodes of the other one (nodeSelector kubernetes.io/arch)."))));
    }
}
