package dev.kubesent.diagnosis.rules.start;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.kubelet.Found;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/** A container is not created or started, or its program not loaded: by what the last one in the chain says of it. */
public final class StartRule implements Rule {

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return StartFacts.of(evidence).flatMap(StartRule::judged);
    }

    private static Optional<Diagnosis> judged(StartFacts facts) {
        var heard = facts.heard();
        return Told.of(heard, Signatures.of("loader"))
                .or(() -> Told.of(facts.words(), Signatures.of("loader"), StartRule::isInItsPlace))
                .or(() -> Told.of(heard, Signatures.of("start")))
                .map(told -> says(told, facts))
                .or(() -> facts.neverStarted() ? Optional.of(open(heard, facts)) : Optional.empty());
    }

    /** A log is the program's own, unless its form says that nothing of it ever ran. */
    private static boolean isInItsPlace(Found found) {
        return found.signature().isProof();
    }

    private static Diagnosis says(Told told, StartFacts facts) {
        var words = StartMeaning.of(told, facts);
        return new Diagnosis(
                words.cause(),
                told.confidence()
                        .agreeing(facts.neverStarted() || facts.couldNotExecute())
                        .contradicted(facts.ran() && !wasKilledForAHook(told, facts))
                        .value(),
                words.explanation(),
                told.quotes(),
                new Action.None(words.advice()),
                told.rule());
    }

    /** The kubelet itself kills the container then: that it ran, and ended by a kill, is what follows from it. */
    private static boolean wasKilledForAHook(Told told, StartFacts facts) {
        return told.found().signature().id().equals("lifecycle-hook")
                && facts.last().wasKilled();
    }

    /** Nobody said anything whose meaning is known: what was said is quoted, and nobody accused. */
    private static Diagnosis open(List<Heard> heard, StartFacts facts) {
        var telling =
                heard.stream().filter(one -> one.chain().cause().isPresent()).findFirst();
        return new Diagnosis(
                Cause.START_FAILED,
                Confidence.of(Kind.FITS).value(),
                telling.map(one -> "The container could not be started, and its program never ran; %s says: %s."
                                        .formatted(
                                                one.chain()
                                                        .cause()
                                                        .orElseThrow()
                                                        .speaker()
                                                        .title(),
                                                one.chain().said()))
                                .orElse("The container could not be started, and its program never ran; nothing says"
                                        + " why.")
                        + runtimeClass(facts),
                List.of(telling.map(Heard::quote).orElseGet(facts::status)),
                Action.None.of(Cause.START_FAILED),
                "StartFailed");
    }

    /** Another runtime than that of all others is mostly the one that fails. */
    private static String runtimeClass(StartFacts facts) {
        var name = facts.evidence().pod().getSpec().getRuntimeClassName();
        return name == null ? "" : " The pod runs with the runtime class " + name + ".";
    }
}
