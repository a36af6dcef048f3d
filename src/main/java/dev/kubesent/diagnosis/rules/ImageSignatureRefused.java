package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The runtime verifies signatures (CRI-O's policy.json, an admission of the node), and this one does not hold. */
final class ImageSignatureRefused implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)SignatureValidationFailed|signature (validation|verification) failed|Source image rejected|A signature was required"
                    + "|no (valid|matching) signatures");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(p -> p.text(TEXT)
                        .map(quote -> says(
                                Cause.IMAGE_SIGNATURE_REFUSED,
                                p.confidence(TEXT),
                                "The node's policy wants a signature that the image does not have.",
                                List.of(quote),
                                new Action.None(
                                        "Sign the image, or mend the policy; pulling it again changes nothing."))));
    }
}
