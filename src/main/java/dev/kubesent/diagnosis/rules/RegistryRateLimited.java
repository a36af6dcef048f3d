package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The registry has had enough of us: HTTP 429, or Docker Hub's text for it. */
final class RegistryRateLimited implements Rule {

    private static final Pattern RATE_LIMITED = Pattern.compile(
            "(?i)429 Too Many Requests|toomanyrequests|reached your (unauthenticated )?pull rate limit");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(p -> p.text(RATE_LIMITED)
                        .map(quote -> says(
                                Cause.REGISTRY_RATE_LIMITED,
                                p.confidence(RATE_LIMITED),
                                "The registry limits how often images may be pulled; the workload itself is not at fault.",
                                List.of(quote),
                                new Action.None("Wait, pull with credentials, or use a mirror."))));
    }
}
