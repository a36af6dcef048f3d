package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Pattern;

/** The runtime verifies signatures (CRI-O's policy.json, an admission of the node), and this one does not hold. */
final class ImageSignatureRefused implements PullRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)SignatureValidationFailed|signature (validation|verification) failed|Source image rejected|A signature was required"
                    + "|no (valid|matching) signatures");

    @Override
    public Cause cause() {
        return Cause.IMAGE_SIGNATURE_REFUSED;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain() {
        return "The node's policy wants a signature that the image does not have.";
    }

    @Override
    public String advice() {
        return "Sign the image, or mend the policy; pulling it again changes nothing.";
    }
}
