package dev.kubesent.diagnosis.rules.image;

import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.ImagePull;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A registry refuses. What that means depends on which one it is, and on what the pod brought along. */
final class Refused {

    /** pkg/kubelet/kubelet_pods.go, getPullSecretsForPod: an event of the pod, and not of its container. */
    private static final String SECRET_EVENT = "FailedToRetrieveImagePullSecret";

    private static final Pattern SECRETS = Pattern.compile("image pull secrets \\((?P<names>[^)]{1,500})\\)");

    private static final String CHECK_SECRETS =
            "Check imagePullSecrets of the pod and its ServiceAccount: for this registry's host and port, and not"
                    + " expired.";

    private Refused() {}

    static Diagnosis of(Told told, Evidence evidence, ImagePull pull) {
        return secretMissing(told, evidence)
                .or(() -> ofTheNode(told, evidence, pull))
                .orElseGet(() -> told.found().signature().cause() == Cause.IMAGE_CREDENTIALS_REFUSED
                                && !isHidden(told, evidence, pull)
                        ? credentials(told, evidence, pull)
                        : missingOrPrivate(told, evidence, pull));
    }

    /** Without the Secret the pull was tried without it, and refused. */
    private static Optional<Diagnosis> secretMissing(Told told, Evidence evidence) {
        return evidence.events().present().orElse(List.of()).reversed().stream()
                .filter(event -> event.reason().equals(SECRET_EVENT))
                .findFirst()
                .map(event -> new Diagnosis(
                        Cause.PULL_SECRET_MISSING,
                        Confidence.of(Kind.SENTENCE).agreeing(true).value(),
                        "The pod's imagePullSecrets name a Secret that does not exist in its namespace%s, so the registry was asked without it."
                                .formatted(names(event)),
                        Stream.concat(Stream.of(new Quote(Source.EVENTS, event.toString())), told.firstQuote().stream())
                                .toList(),
                        Action.None.of(Cause.PULL_SECRET_MISSING),
                        "PullSecretMissing"));
    }

    private static String names(ObservedEvent event) {
        var found = SECRETS.matcher(event.message());
        return found.find() ? ": " + found.group("names") : "";
    }

    /** In a cloud nodes pull with an identity of their own, unless the pod brings credentials. */
    private static Optional<Diagnosis> ofTheNode(Told told, Evidence evidence, ImagePull pull) {
        var permission = told.found().caught("permission");
        return Registry.of(pull.image())
                .right()
                .filter(_ -> !told.found()
                        .signature()
                        .id()
                        .equals("credentials-wrong")) // those are of somebody, or of nobody
                .filter(_ -> evidence.pod().getSpec().getImagePullSecrets().isEmpty()
                        || told.found().signature().cause() == Cause.NODE_IDENTITY_REFUSED)
                .map(right -> new Diagnosis(
                        Cause.NODE_IDENTITY_REFUSED,
                        told.found().signature().cause() == Cause.IMAGE_PULL_AMBIGUOUS
                                ? Confidence.of(Kind.COMPLAINT).value()
                                : told.confidence().value(),
                        "%s refuses the identity that the node pulls with%s; the pod brings no credentials of its own.%s"
                                .formatted(
                                        capital(Registry.of(pull.image()).title()),
                                        permission.isEmpty() ? "" : ": it lacks " + permission,
                                        Registry.of(pull.image()).hidesWhatExists()
                                                ? " It gives the same answer for a missing image to anybody who may"
                                                        + " not read there."
                                                : ""),
                        told.firstQuote(),
                        new Action.None("Give the node's identity the right to pull: " + right
                                + ". Or give the pod imagePullSecrets."),
                        "NodeIdentityRefused"));
    }

    /** A registry that tells of a private repository what it tells of a missing one; unless the pod signed in. */
    private static boolean isHidden(Told told, Evidence evidence, ImagePull pull) {
        var isOfARepository = told.found().signature().id().equals("credentials-repository");
        return evidence.pod().getSpec().getImagePullSecrets().isEmpty()
                && (isOfARepository || Registry.of(pull.image()).hidesWhatExists());
    }

    private static Diagnosis credentials(Told told, Evidence evidence, ImagePull pull) {
        var why = evidence.pod().getSpec().getImagePullSecrets().isEmpty()
                ? "The registry wants credentials, and the pod names no imagePullSecrets."
                : "The registry refuses the credentials of the pod's imagePullSecrets.";
        return new Diagnosis(
                Cause.IMAGE_CREDENTIALS_REFUSED,
                told.confidence().value(),
                why + PullSecrets.hint(pull.image(), evidence),
                told.firstQuote(),
                new Action.None(PullSecrets.advice(pull.image(), evidence) + CHECK_SECRETS),
                "ImageCredentialsRefused");
    }

    private static Diagnosis missingOrPrivate(Told told, Evidence evidence, ImagePull pull) {
        var isForbidden = told.found().signature().id().equals("status-403");
        var names = evidence.pod().getSpec().getImagePullSecrets().isEmpty()
                ? "the pod names no imagePullSecrets, so look at the name first"
                : "or the pod's imagePullSecrets give no access to it";
        return new Diagnosis(
                Cause.IMAGE_PULL_AMBIGUOUS,
                Confidence.of(Kind.OPEN).value(),
                (isForbidden
                                        ? "%s refuses (403), and does not say why: the repository does not exist, is"
                                                + " private, or is kept back by a rule; %s."
                                        : "%s says the same of a repository that does not exist and of one that is"
                                                + " private, and credentials are missing; %s.")
                                .formatted(capital(Registry.of(pull.image()).title()), names)
                        + local(pull.image())
                        + ImageWords.sameRepository(pull.image(), evidence)
                        + PullSecrets.hint(pull.image(), evidence),
                told.firstQuote(),
                new Action.None(PullSecrets.advice(pull.image(), evidence)
                        + "Compare the name with what the registry shows; of a private one, name imagePullSecrets. Try"
                        + " the pull from the node: crictl pull "
                        + pull.image()),
                "ImagePullAmbiguous");
    }

    /** No registry and no owner: Docker Hub's own images are called so, and those that somebody built at home. */
    private static String local(String image) {
        return image.contains("/")
                ? ""
                : " A name without registry or owner is mostly of an image that was only built locally: push it, or"
                        + " load it into the cluster.";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
