package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.PullReason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * No answer from the registry, or an error of its own. It stands before "not found": {@code no such host} is not a
 * missing image, as Robusta's rules take it (research/failures.md, "Rule engines compared").
 */
final class RegistryUnreachable implements Rule {

    private static final Pattern UNREACHABLE = Pattern.compile("(?i)no such host|i/o timeout|connection refused"
            + "|connection reset by peer|network is unreachable|no route to host|server misbehaving"
            + "|TLS handshake timeout|context deadline exceeded|Client\\.Timeout exceeded"
            + "|\\b50[0234] (Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)"
            + "|proxyconnect|lookup \\S+ on \\S+: ");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(p -> p.text(UNREACHABLE)
                        .or(() -> p.pull().reason() == PullReason.RegistryUnavailable
                                ? Optional.of(p.texts().getFirst())
                                : Optional.empty())
                        .map(quote -> says(
                                Cause.REGISTRY_UNREACHABLE,
                                p.confidence(UNREACHABLE),
                                "The registry could not be reached or had an error of its own; the image may well exist."
                                        + Slip.hint(
                                                p.pull().image(),
                                                evidence.around()
                                                        .images()
                                                        .present()
                                                        .orElse(List.of())),
                                List.of(quote),
                                new Action.None("Check the registry, DNS and the proxy from the node."))));
    }
}
