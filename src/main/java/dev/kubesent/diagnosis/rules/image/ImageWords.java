package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Phase;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RunningImage;
import dev.kubesent.failure.Failure.ImagePull;
import java.util.ArrayList;
import java.util.List;

/** What a sign means for this image and this pod. */
final class ImageWords {

    private ImageWords() {}

    static Diagnosis of(Told told, Evidence evidence, ImagePull pull) {
        var sign = told.found().signature();
        return switch (sign.cause()) {
            case IMAGE_NOT_FOUND ->
                says(
                        told,
                        "The registry has no image '" + pull.image() + "'." + slip(evidence, pull),
                        Cause.IMAGE_NOT_FOUND.advice());
            case REGISTRY_UNREACHABLE ->
                says(
                        told,
                        told.found().explanation() + slip(evidence, pull),
                        told.found().advice());
            case IMAGE_CREDENTIALS_REFUSED, IMAGE_PULL_AMBIGUOUS, NODE_IDENTITY_REFUSED ->
                Refused.of(told, evidence, pull);
            default -> says(told, told.found().explanation(), told.found().advice());
        };
    }

    private static Diagnosis says(Told told, String explanation, String advice) {
        return new Diagnosis(
                told.found().signature().cause(),
                told.confidence().value(),
                explanation,
                told.firstQuote(),
                new Action.None(advice),
                told.rule());
    }

    private static String slip(Evidence evidence, ImagePull pull) {
        return Typo.hint(pull.image(), evidence.around().images().present().orElse(List.of()));
    }

    /** Nobody said anything whose meaning is known: what was said is quoted, and nobody accused. */
    static Diagnosis open(List<Heard> heard, Evidence evidence, ImagePull pull) {
        var telling =
                heard.stream().filter(one -> one.chain().cause().isPresent()).findFirst();
        var said = telling.map(one -> "The image cannot be pulled; %s says: %s."
                        .formatted(
                                one.chain().cause().orElseThrow().speaker().title(),
                                one.chain().said()))
                .orElse("The image cannot be pulled, and nothing says why: it may be missing, private, of another"
                        + " platform, or out of reach.");
        return telling.filter(one -> one.chain().phase() == Phase.UNPACK)
                .map(ImageWords::notUnpacked)
                .orElseGet(() -> new Diagnosis(
                        Cause.IMAGE_PULL_AMBIGUOUS,
                        Confidence.of(Kind.OPEN).value(),
                        said + sameRepository(pull.image(), evidence) + PullSecrets.hint(pull.image(), evidence),
                        quotes(telling.orElse(heard.getLast())),
                        new Action.None(PullSecrets.advice(pull.image(), evidence)
                                + "Try the pull from the node: crictl pull "
                                + pull.image()),
                        "ImagePullAmbiguous"));
    }

    /** It was found and fetched: so much is known, whatever the words mean. */
    private static Diagnosis notUnpacked(Heard heard) {
        return new Diagnosis(
                Cause.IMAGE_NOT_UNPACKED,
                Confidence.of(Kind.FITS).value(),
                "The image was found, and a layer of it cannot be unpacked on this node: its snapshotter or runtime says: %s."
                        .formatted(heard.chain().said()),
                List.of(heard.quote()),
                Action.None.of(Cause.IMAGE_NOT_UNPACKED),
                "ImageNotUnpacked");
    }

    private static List<Quote> quotes(Heard heard) {
        return new ArrayList<>(List.of(heard.quote()));
    }

    /**
     * Registries give access to a repository, and say "not found" of a tag that is missing in one that is open. So where another tag runs,
     * the repository exists, and access was lost since; a copy in the node's cache proves no more.
     */
    static String sameRepository(String image, Evidence evidence) {
        return evidence.around().images().present().orElse(List.of()).stream()
                .filter(other -> !other.image().equals(image))
                .filter(other -> RunningImage.repository(other.image()).equals(RunningImage.repository(image)))
                .findFirst()
                .map(other -> " '%s' of the same repository runs %s, so it exists: %s"
                        .formatted(
                                other.image(),
                                other.place(),
                                switch (other.where()) {
                                    case NAMESPACE -> "has access to it been lost?";
                                    case CLUSTER -> "has this namespace no access to it?";
                                }))
                .orElse("");
    }
}
