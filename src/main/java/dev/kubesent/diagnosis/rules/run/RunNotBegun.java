package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.run.RunFacts;
import dev.kubesent.failure.LostRun.NotBegun;
import java.util.List;

/** A CronJob that began no run when its time came, as its controller says. */
public final class RunNotBegun {

    private RunNotBegun() {}

    public static Diagnosis of(RunFacts facts, NotBegun run) {
        var name = run.of().display();
        return switch (run.hindrance()) {
            case JOB_ALREADY_ACTIVE ->
                says(
                        run,
                        Cause.RUN_OVERLAPS,
                        Confidence.of(Kind.SENTENCE)
                                .agreeing(!facts.active().isEmpty())
                                .contradicted(facts.cronJob().isPresent()
                                        && facts.active().isEmpty()),
                        "%s skips its runs: %s still runs, and concurrencyPolicy Forbid lets no other begin beside it."
                                .formatted(
                                        name,
                                        facts.active().isEmpty()
                                                ? "an earlier Job"
                                                : "Job " + String.join(", Job ", facts.active())),
                        Cause.RUN_OVERLAPS.advice());
            case FAILED_CREATE ->
                says(
                        run,
                        Cause.JOB_NOT_ACCEPTED,
                        Confidence.of(Kind.SENTENCE),
                        "%s makes no Job: the API server does not take it.".formatted(name),
                        Cause.JOB_NOT_ACCEPTED.advice());
            case MISS_SCHEDULE ->
                says(
                        run,
                        Cause.SCHEDULE_MISSED,
                        Confidence.of(Kind.SENTENCE),
                        "%s missed its time by more than its startingDeadlineSeconds (%s s)."
                                .formatted(name, spec(facts, "startingDeadlineSeconds")),
                        "Give it more startingDeadlineSeconds (below 10 it may never run); see whether the control"
                                + " plane was down.");
            case UNREADABLE ->
                says(
                        run,
                        Cause.SCHEDULE_MISSED,
                        Confidence.of(Kind.SENTENCE),
                        "%s never runs: its schedule or time zone cannot be read.".formatted(name),
                        "Correct spec.schedule or spec.timeZone.");
        };
    }

    private static String spec(RunFacts facts, String field) {
        return facts.cronJob()
                .map(cronJob -> String.valueOf(cronJob.<Object>get("spec", field)))
                .orElse("?");
    }

    private static Diagnosis says(NotBegun run, Cause cause, Confidence confidence, String explanation, String advice) {
        return new Diagnosis(
                cause,
                confidence.value(),
                explanation,
                List.of(new Quote(Source.EVENTS, run.message())),
                new Action.None(advice),
                RunNotBegun.class.getSimpleName());
    }
}
