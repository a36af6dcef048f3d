package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.run.RunFacts;
import dev.kubesent.failure.LostRun.GaveUp;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Job that ended without a pod that shows why: its deadline takes the pods along (kubernetes.io, "Job termination and cleanup"), and so
 * does the backoff limit under restartPolicy OnFailure.
 */
public final class JobGivenUp {

    private JobGivenUp() {}

    public static Diagnosis of(RunFacts facts, GaveUp run) {
        var refused = refused(facts);
        return switch (run.ending()) {
            case DEADLINE_EXCEEDED ->
                says(
                        facts,
                        Cause.JOB_DEADLINE_EXCEEDED,
                        Confidence.of(Kind.FIELD).agreeing(isTold(facts, "DeadlineExceeded")),
                        refused.map(why -> "%s never had a pod before its deadline: %s"
                                        .formatted(run.of().display(), why.message()))
                                .orElse(
                                        "%s was ended after its activeDeadlineSeconds (%s s), and its pods were deleted with it."
                                                .formatted(run.of().display(), spec(facts, "activeDeadlineSeconds"))),
                        refused.isPresent()
                                ? "Fix what prevents its pods from being created: most often a quota, or an admission"
                                        + " webhook."
                                : "See what it was doing in a run with a longer deadline, or while it runs: kubectl"
                                        + " logs -f.");
            case BACKOFF_LIMIT_EXCEEDED, OTHER ->
                says(
                        facts,
                        Cause.JOB_GAVE_UP,
                        Confidence.of(Kind.COMPLAINT),
                        "%s has given up (%s), and no pod of it is left that says why."
                                .formatted(run.of().display(), run.message()),
                        Cause.JOB_GAVE_UP.advice());
        };
    }

    /** What kept it from having any pod; empty where it had one. */
    private static Optional<ObservedEvent> refused(RunFacts facts) {
        var events = facts.facts().ofTheJob();
        return events.stream().anyMatch(event -> event.reason().equals("SuccessfulCreate"))
                ? Optional.empty()
                : events.stream()
                        .filter(event -> event.reason().equals("FailedCreate"))
                        .reduce((earlier, later) -> later);
    }

    private static boolean isTold(RunFacts facts, String reason) {
        return facts.facts().ofTheJob().stream()
                .anyMatch(event -> event.reason().equals(reason));
    }

    private static String spec(RunFacts facts, String field) {
        return facts.job()
                .map(job -> String.valueOf(job.<Object>get("spec", field)))
                .orElse("?");
    }

    private static Diagnosis says(
            RunFacts facts, Cause cause, Confidence confidence, String explanation, String advice) {
        var quotes = Stream.concat(
                        Stream.of(new Quote(Source.OWNERS, facts.run().message())),
                        refused(facts).map(event -> new Quote(Source.EVENTS, event.toString())).stream())
                .toList();
        return new Diagnosis(
                cause,
                confidence.value(),
                new Quote(Source.EVENTS, explanation).text(),
                quotes,
                new Action.None(advice),
                JobGivenUp.class.getSimpleName());
    }
}
