package dev.kubesent.consultation;

import dev.kubesent.action.Action;
import dev.kubesent.action.RaiseMemory;
import dev.kubesent.action.Restart;
import dev.kubesent.action.SetField;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.OpinionRecord;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.model.AnswerSchema;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelAnswer;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.SuggestedPatch;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.gate.constraints.Constraints;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules first; where they do not know, a doctor. What the doctor says can make less of a diagnosis, and never more. */
public final class Consultation {

    /** When the doctor is asked. */
    public enum Ask {
        /** Where the rules do not know, or fit several causes. */
        WHERE_RULES_DO_NOT_KNOW,
        /** Also where nothing is to be healed: what it says beside a rule that knows is written down, and changes nothing. */
        ALWAYS
    }

    private static final Logger LOG = LoggerFactory.getLogger("kubesent.doctor");

    /** A quarter of the default of KUBESENT_MAX_WORK. */
    private static final int AT_ONCE = 4;

    /** After which a model is asked that could not be asked now. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Duration patience;
    private final Semaphore asking = new Semaphore(AT_ONCE);
    private final Doctor doctor;
    private final Ask ask;
    private final int least;
    private final GatePolicy gate;
    private final Supplier<OwnSignatures> own;
    private final Clock clock;
    private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.EPOCH);

    /**
     * @param gate its confidence is the least score that is followed; its fields, and what is allowed, may be suggested
     * @param own what the users of this cluster have written, asked for where something is diagnosed
     * @param patience how long at least a question that was put off is put off
     */
    public Consultation(
            Doctor doctor, Ask ask, GatePolicy gate, Supplier<OwnSignatures> own, Duration patience, Clock clock) {
        this.own = own;
        this.patience = patience;
        this.doctor = doctor;
        this.ask = ask;
        this.least = gate.confidence();
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * @param byModel whether the diagnosis is a model's, and not the rules' own
     * @param opinion to keep in the incident; empty where nobody was asked
     * @param ended why nobody said anything, where nobody did
     */
    public record Result(
            Diagnosis diagnosis, boolean byModel, Optional<OpinionRecord> opinion, Optional<Opinion.Ended> ended) {

        private static Result ofRules(Diagnosis diagnosis, Optional<OpinionRecord> opinion) {
            return new Result(diagnosis, false, opinion, Optional.empty());
        }
    }

    /** The rules alone, for what must not wait: a change that made it worse is being taken back. */
    public Result byRules(Evidence evidence, @Nullable OpinionRecord before) {
        return Result.ofRules(Rules.diagnose(evidence, own.get()), Optional.ofNullable(before));
    }

    /** @param before what was said when the incident was judged before: it is asked once */
    public Result diagnose(Evidence evidence, @Nullable OpinionRecord before) {
        var byRules = Rules.diagnose(evidence, own.get());
        var open = byRules.confidence() < Confidence.KNOWN;
        // What is about to be healed does not wait for a second opinion, nor is it judged by evidence that has grown
        // old meanwhile.
        if (!open && (ask == Ask.WHERE_RULES_DO_NOT_KNOW || byRules.action().isHealing())) {
            return Result.ofRules(byRules, Optional.ofNullable(before).map(OpinionRecord::closed));
        }
        if (before != null && !before.isDue(clock.instant())) {
            return weighed(byRules, before, open, evidence);
        }
        return switch (opinion(evidence)) {
            case Opinion.None(var _, var ended)
            when ended == Opinion.Ended.NOT_SET_UP ->
                Result.ofRules(byRules, Optional.ofNullable(before).map(OpinionRecord::closed));
            case Opinion.None(var why, var ended) ->
                new Result(
                        byRules,
                        false,
                        Optional.of(OpinionRecord.none("no answer: " + why, clock.instant(), null)),
                        Optional.of(ended));
            case Opinion.Deferred(var soonest, var why) -> {
                var until = later(soonest, clock.instant().plus(patience));
                var note = "diagnosis deferred until " + until + ": " + why;
                calmly(until, note);
                // A second opinion that is not to be had now is not waited for.
                yield Result.ofRules(
                        byRules, Optional.of(OpinionRecord.none(note, clock.instant(), open ? until : null)));
            }
            case Opinion.Given given -> weighed(byRules, record(given, byRules, open, evidence), open, evidence);
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** By a few at a time: a doctor that hangs must not hold every place that healing needs. */
    private Opinion opinion(Evidence evidence) {
        if (!asking.tryAcquire()) {
            return new Opinion.Deferred(clock.instant().plus(LATER), "others are asking");
        }
        try {
            return doctor.ask(evidence);
        } finally {
            asking.release();
        }
    }

    /** One line as long as it lasts, however many incidents wait for it. */
    private void calmly(Instant until, String note) {
        var before = quietUntil.getAndUpdate(quiet -> quiet.isAfter(clock.instant()) ? quiet : until);
        if (!before.isAfter(clock.instant())) {
            LOG.info("{}", note);
        }
    }

    private OpinionRecord record(Opinion.Given given, Diagnosis byRules, boolean open, Evidence evidence) {
        var answer = given.answer();
        var source = given.before().isEmpty()
                ? given.source()
                : given.source() + ", after " + String.join("; ", given.before());
        return new OpinionRecord(
                source,
                answer.cause().name(),
                answer.score(),
                answer.rootCause(),
                answer.fixYaml(),
                answer.evidence(),
                patch(answer.fixYaml(), evidence).dropped(),
                note(answer, byRules, open),
                clock.instant(),
                null);
    }

    private String note(ModelAnswer answer, Diagnosis byRules, boolean open) {
        if (!open) {
            return "a second opinion; the rules know: " + byRules.cause();
        }
        return answer.score() < least ? "discarded: a score of " + answer.score() + ", below " + least : "followed";
    }

    /** @param open whether the rules do not know */
    private Result weighed(Diagnosis byRules, OpinionRecord said, boolean open, Evidence evidence) {
        var followed = open ? followed(byRules, said, evidence) : Optional.<Diagnosis>empty();
        return new Result(followed.orElse(byRules), followed.isPresent(), Optional.of(said), Optional.empty());
    }

    /** A record as a diagnosis; empty where it was discarded, or nothing was said. */
    private Optional<Diagnosis> followed(Diagnosis byRules, OpinionRecord said, Evidence evidence) {
        if (said.source().isEmpty()
                || said.score() < least
                || said.score() > 100
                || said.evidence().isEmpty()) {
            return Optional.empty();
        }
        var cause = cause(said.cause());
        var action = action(said, cause, byRules, evidence);
        var answered = new Diagnosis(
                action instanceof Restart ? byRules.cause() : cause, // whether it comes back alike is the rules' to say
                said.score(),
                said.rootCause(),
                said.evidence().stream()
                        .map(line -> new Quote(source(line, evidence), line))
                        .toList(),
                action,
                "model " + said.source());
        return Optional.of(Rules.told(answered, evidence, own.get()));
    }

    /** Of the closed set, only for what it cures, and not where a rule says something else. */
    private Action action(OpinionRecord said, Cause cause, Diagnosis byRules, Evidence evidence) {
        var raise = new RaiseMemory();
        var patch = patch(said.fix(), evidence);
        var wanted = patch.memory().isPresent();
        if (wanted && raise.cures().contains(cause) && byRules.cause() == Cause.UNKNOWN) {
            return raise;
        }
        // What the rules themselves would do stands, where the model's cause does not speak against it; and a model
        // brings none of its own.
        if (byRules.action() instanceof Restart restart && cause.mayBeOfOnePod()) {
            return restart;
        }
        if (said.fix().isBlank()) {
            return new Action.None("It suggests no change.");
        }
        if (!byRules.action().isHealing() && patch.field().isPresent() && cause.isOfRevision()) {
            return new SetField(patch.field().get());
        }
        return new Action.None(
                wanted && byRules.cause() != Cause.UNKNOWN
                        ? "It suggests more memory, which the evidence contradicts: " + byRules.explanation()
                        : "It suggests what KubeSent does not do:\n" + said.fix());
    }

    /** Where it stands; what was taken out of it makes it stand nowhere, and the pod has the most of that. */
    private static Source source(String line, Evidence evidence) {
        if (evidence.log().present().orElse(List.of()).stream().anyMatch(logged -> logged.contains(line))) {
            return Source.LOG;
        }
        if (evidence.events().present().orElse(List.of()).stream()
                .anyMatch(event -> event.toString().contains(line))) {
            return Source.EVENTS;
        }
        return evidence.around().rollout().present().orElse(RolloutFacts.NONE).changes().stream()
                        .anyMatch(change -> change.contains(line))
                ? Source.ROLLOUT
                : Source.SPEC;
    }

    private SuggestedPatch patch(String yaml, Evidence evidence) {
        var open = Stream.concat(
                        gate.fields().stream(),
                        Constraints.given(evidence, gate).stream().flatMap(permission -> permission.fields().stream()))
                .collect(Collectors.toSet());
        return SuggestedPatch.read(yaml, evidence.failure().subject().container(), open);
    }

    /** Somebody may have written into the incident what is no cause. */
    private static Cause cause(String name) {
        return AnswerSchema.causes().stream()
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .orElse(Cause.UNKNOWN);
    }
}
