package dev.kubesent.diagnosis.rules.probe;

import dev.kubesent.action.Action;
import dev.kubesent.action.AskThePort;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;

/**
 * The kubelet killed it for its probe. It shows as exit code 137, 143, or whatever the program answers SIGTERM with, 0
 * included: only the event says who did it. Which fault of the probe's or the program's it is, what was answered says.
 */
public final class ProbeRule implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence).map(ProbeRule::judged);
    }

    private static Diagnosis judged(ProbeFacts facts) {
        return Told.of(facts.heard(), Signatures.of("probe"))
                .flatMap(told -> byWords(told, facts))
                .orElseGet(() -> Unanswered.open(facts));
    }

    /** Empty where the words leave open which fault it is. */
    private static Optional<Diagnosis> byWords(Told told, ProbeFacts facts) {
        return switch (told.found().signature().id()) {
            case "probe-refused" -> Unanswered.refused(facts);
            case "probe-timed-out" -> Unanswered.timedOut(facts);
            case "probe-not-reached" ->
                Optional.of(ProbeWords.says(
                        Cause.KILLED_BY_PROBE,
                        facts.confidence(Kind.COMPLAINT).agreeing(true).value(),
                        told.found().explanation(),
                        facts,
                        new Action.None(told.found().advice()),
                        "ProbeNotReached"));
            case "probe-path" -> path(told, facts);
            case "probe-bad-request" -> Optional.of(badRequest(told, facts));
            case "probe-not-serving" -> Optional.of(notServing(told, facts));
            default ->
                Optional.of(ProbeWords.says(
                        told.found().signature().cause(),
                        facts.confidence(Kind.SENTENCE).agreeing(true).value(),
                        told.found().explanation(),
                        facts,
                        new Action.None(told.found().advice()),
                        told.rule()));
        };
    }

    /** Servers answer 404 while they deploy; and what it answered before, it has. */
    private static Optional<Diagnosis> path(Told told, ProbeFacts facts) {
        if (!facts.neverPassed() || Starting.works(facts.log()).isPresent()) {
            return Optional.empty();
        }
        // What asks for a signature there is there: then it is for a person to say what may be asked without.
        var isMissing = told.found().caught("status").equals("404") && !facts.isStartup();
        return Optional.of(ProbeWords.says(
                Cause.PROBE_WRONG_PATH,
                facts.confidence(Kind.SENTENCE).agreeing(true).agreeing(true).value(),
                told.found().explanation(),
                facts,
                isMissing ? new AskThePort() : new Action.None(told.found().advice()),
                "ProbeWrongPath"));
    }

    /** The program's own word on the Host header makes it sure. */
    private static Diagnosis badRequest(Told told, ProbeFacts facts) {
        var word = HostWords.in(facts.log());
        var text = word.isPresent()
                ? "The program refuses the probe's Host header, which is the pod's address, with %s: it is not in its list of allowed hosts."
                        .formatted(told.found().caught("status"))
                : told.found().explanation();
        var diagnosis = ProbeWords.says(
                Cause.PROBE_WRONG_HOST,
                word.isPresent()
                        ? facts.confidence(Kind.SENTENCE).value()
                        : facts.confidence(Kind.COMPLAINT).value(),
                text,
                facts,
                new Action.None(told.found().advice()),
                "ProbeWrongHost");
        return word.map(line -> ProbeWords.quoting(diagnosis, line)).orElse(diagnosis);
    }

    /** One that is still at its start says 503 as well; for ever, it is not well. */
    private static Diagnosis notServing(Told told, ProbeFacts facts) {
        var works = Starting.works(facts.log());
        if (facts.neverPassed() && !facts.startIsOver() && works.isPresent()) {
            return Early.tooEarly(facts, works.get());
        }
        var diagnosis = ProbeWords.says(
                Cause.HEALTH_CHECK_FAILS,
                facts.confidence(Kind.SENTENCE).value(),
                told.found().explanation()
                        + OwnWords.in(facts.log())
                                .map(word -> " Its log says why: " + word.explanation())
                                .orElse(""),
                facts,
                new Action.None(OwnWords.in(facts.log())
                                .map(word -> word.advice() + " ")
                                .orElse("")
                        + told.found().advice()),
                "HealthCheckFails");
        return OwnWords.lineIn(facts.log())
                .map(line -> ProbeWords.quoting(diagnosis, line))
                .orElse(diagnosis);
    }
}
