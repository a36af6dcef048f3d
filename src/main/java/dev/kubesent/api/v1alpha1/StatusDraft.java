package dev.kubesent.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status under way to the next: Java's records have no copy with one field changed yet (JEP 468). */
final class StatusDraft {

    private Phase phase;
    private String workload;
    private @Nullable Seen seen;
    private @Nullable Lease lease;
    private int takeovers;
    private @Nullable ApprovalRecord approval;
    private @Nullable DiagnosisRecord diagnosis;
    private @Nullable OpinionRecord opinion;
    private @Nullable VerdictRecord verdict;
    private @Nullable IntentRecord intent;
    private @Nullable SurvivalRecord survival;
    private @Nullable OutcomeRecord outcome;
    private List<ActRecord> acts;
    private List<Condition> conditions;
    private long observedGeneration;
    private List<String> story;

    StatusDraft(IncidentStatus of) {
        phase = of.phase();
        workload = of.workload();
        seen = of.seen();
        lease = of.lease();
        takeovers = of.takeovers();
        approval = of.approval();
        diagnosis = of.diagnosis();
        opinion = of.opinion();
        verdict = of.verdict();
        intent = of.intent();
        survival = of.survival();
        outcome = of.outcome();
        acts = of.acts();
        conditions = of.conditions();
        observedGeneration = of.observedGeneration();
        story = of.story();
    }

    StatusDraft phase(Phase next) {
        phase = next;
        // What is closed waits for no model.
        if (next == Phase.Closed && opinion != null) {
            opinion = opinion.closed();
        }
        return this;
    }

    StatusDraft workload(String next) {
        workload = next;
        return this;
    }

    StatusDraft seen(Seen next) {
        seen = next;
        return this;
    }

    StatusDraft lease(@Nullable Lease next) {
        lease = next;
        return this;
    }

    StatusDraft takeovers(int next) {
        takeovers = next;
        return this;
    }

    StatusDraft approval(@Nullable ApprovalRecord next) {
        approval = next;
        return this;
    }

    StatusDraft diagnosis(DiagnosisRecord next) {
        diagnosis = next;
        return this;
    }

    StatusDraft opinion(@Nullable OpinionRecord next) {
        opinion = next;
        return this;
    }

    StatusDraft verdict(VerdictRecord next) {
        verdict = next;
        return this;
    }

    StatusDraft intent(@Nullable IntentRecord next) {
        intent = next;
        return this;
    }

    /** The intent keeps its name and loses its record, which may hold the pod's environment. */
    StatusDraft intentDone() {
        intent = intent == null ? null : new IntentRecord(intent.remedy(), intent.target(), null, "", intent.at());
        return this;
    }

    StatusDraft survival(@Nullable SurvivalRecord next) {
        survival = next;
        return this;
    }

    StatusDraft outcome(OutcomeRecord next) {
        outcome = next;
        return this;
    }

    StatusDraft acts(List<ActRecord> next) {
        acts = next;
        return this;
    }

    StatusDraft conditions(List<Condition> next) {
        conditions = next;
        return this;
    }

    StatusDraft observedGeneration(long next) {
        observedGeneration = next;
        return this;
    }

    StatusDraft story(List<String> next) {
        story = next;
        return this;
    }

    IncidentStatus done() {
        return new IncidentStatus(
                phase,
                workload,
                seen,
                lease,
                takeovers,
                approval,
                diagnosis,
                opinion,
                verdict,
                intent,
                survival,
                outcome,
                acts,
                conditions,
                observedGeneration,
                story);
    }
}
