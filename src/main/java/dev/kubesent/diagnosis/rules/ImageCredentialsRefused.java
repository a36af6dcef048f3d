package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The registry wants credentials, or refuses those it got. */
final class ImageCredentialsRefused implements Rule {

    private static final Pattern REFUSED = Pattern.compile(
            "(?i)401 Unauthorized|unauthorized: |authentication required|no basic auth credentials|incorrect username or password");

    private static final String ADVICE =
            "Check imagePullSecrets of the pod and its ServiceAccount: for this registry's host, and not expired.";

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .filter(p -> !p.missingOrPrivate())
                .flatMap(p -> p.text(REFUSED)
                        .map(quote -> says(
                                Cause.IMAGE_CREDENTIALS_REFUSED,
                                p.confidence(REFUSED),
                                explain(evidence) + PullSecrets.hint(p.pull().image(), evidence),
                                List.of(quote),
                                new Action.None(PullSecrets.advice(p.pull().image(), evidence) + ADVICE))));
    }

    private static String explain(Evidence evidence) {
        return evidence.pod().getSpec().getImagePullSecrets().isEmpty()
                ? "The registry wants credentials, and the pod names no imagePullSecrets."
                : "The registry refuses the credentials of the pod's imagePullSecrets.";
    }
}
