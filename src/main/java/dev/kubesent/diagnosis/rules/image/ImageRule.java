package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.kubelet.Found;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Phase;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.ImagePull;
import dev.kubesent.failure.PullReason;
import java.util.List;
import java.util.Optional;

/** An image cannot be had: by what the last one in the chain says of it. */
public final class ImageRule implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof ImagePull pull ? Optional.of(judged(evidence, pull)) : Optional.empty();
    }

    private static Diagnosis judged(Evidence evidence, ImagePull pull) {
        var heard = PullTexts.of(evidence, pull);
        return switch (pull.reason()) {
            case InvalidImageName ->
                ofField(
                        Cause.IMAGE_NAME_INVALID,
                        "ImageNameInvalid",
                        "'" + pull.image() + "' is not a valid image reference.",
                        Cause.IMAGE_NAME_INVALID.advice(),
                        heard);
            case ErrImageNeverPull ->
                ofField(
                        Cause.IMAGE_NOT_ON_NODE,
                        "ImageNotOnNode",
                        "The node does not have the image, and imagePullPolicy Never keeps it from pulling it.",
                        Cause.IMAGE_NOT_ON_NODE.advice(),
                        heard);
            case ErrImagePull, ImagePullBackOff, ImageInspectError, RegistryUnavailable, SignatureValidationFailed ->
                Told.of(heard, Signatures.of("image"), ImageRule::holds)
                        .map(told -> ImageWords.of(told, evidence, pull))
                        .or(() -> byReason(pull.reason(), heard))
                        .orElseGet(() -> ImageWords.open(heard, evidence, pull));
        };
    }

    /** What is missing while a layer is unpacked is missing on the node. */
    private static boolean holds(Found found) {
        return found.signature().cause() != Cause.IMAGE_NOT_FOUND
                || !(found.clause().phase() == Phase.UNPACK || found.clause().phase() == Phase.VERIFY);
    }

    /** The reasons that say something themselves. */
    private static Optional<Diagnosis> byReason(PullReason reason, List<Heard> heard) {
        return switch (reason) {
            case RegistryUnavailable ->
                Optional.of(ofField(
                        Cause.REGISTRY_UNREACHABLE,
                        "RegistryUnreachable",
                        "The registry could not be reached; the image may well exist.",
                        Cause.REGISTRY_UNREACHABLE.advice(),
                        heard));
            case SignatureValidationFailed ->
                Optional.of(ofField(
                        Cause.IMAGE_SIGNATURE_REFUSED,
                        "ImageSignature",
                        "The node's policy wants a signature that the image does not have.",
                        Cause.IMAGE_SIGNATURE_REFUSED.advice(),
                        heard));
            case ImageInspectError ->
                Optional.of(ofField(
                        Cause.NODE_RUNTIME_FAILED,
                        "ImageNotInspected",
                        "The node's runtime does not say whether it has the image: it does not answer, or its image"
                                + " store is broken.",
                        "Look at the runtime on the node (crictl info, journalctl -u containerd or crio), and restart"
                                + " it; nothing of the workload is to be changed.",
                        heard));
            case ErrImagePull, ImagePullBackOff, InvalidImageName, ErrImageNeverPull -> Optional.empty();
        };
    }

    private static Diagnosis ofField(Cause cause, String rule, String explanation, String advice, List<Heard> heard) {
        return new Diagnosis(
                cause,
                Confidence.of(Kind.FIELD).value(),
                explanation,
                List.of(heard.getFirst().quote()),
                new Action.None(advice),
                rule);
    }
}
