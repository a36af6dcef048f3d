package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** That the Job of a failing pod has given up, and why: it will not be tried again, whatever is mended. Told, and decides nothing. */
public final class JobEnded {

    private static final Map<String, String> MEANING = Map.of(
            "BackoffLimitExceeded", "it has failed as often as its backoffLimit allows",
            "DeadlineExceeded", "its activeDeadlineSeconds are over",
            "PodFailurePolicy", "its podFailurePolicy says that this exit code is final",
            "FailedIndexes", "one of its indexes has failed");

    private JobEnded() {}

    public static Optional<Quote> of(Evidence evidence) {
        return evidence.owners().present().stream()
                .flatMap(owners -> owners.links().stream())
                .flatMap(link -> switch (link) {
                    case OwnerChain.Known(var ref, var kind, var object)
                    when kind == WorkloadKind.JOB ->
                        conditions(object.<Object>get("status", "conditions"))
                                .filter(condition -> "Failed".equals(condition.get("type"))
                                        && "True".equals(condition.get("status")))
                                .map(condition -> String.valueOf(condition.get("reason")))
                                .map(reason -> new Quote(
                                        Source.OWNERS,
                                        "Job %s has given up: %s (%s)"
                                                .formatted(
                                                        ref.name(),
                                                        MEANING.getOrDefault(reason, "it says so"),
                                                        reason)));
                    case OwnerChain.Known _, OwnerChain.Unknown _, OwnerChain.Unproven _ -> Stream.<Quote>of();
                })
                .findFirst();
    }

    private static Stream<Map<?, ?>> conditions(Object found) {
        return found instanceof List<?> all
                ? all.stream().filter(Map.class::isInstance).map(one -> (Map<?, ?>) one)
                : Stream.of();
    }
}
