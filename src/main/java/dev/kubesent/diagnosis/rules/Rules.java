package dev.kubesent.diagnosis.rules;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.image.ImageRule;
import dev.kubesent.diagnosis.rules.image.RegistrySays;
import dev.kubesent.diagnosis.rules.image.RunsElsewhere;
import dev.kubesent.diagnosis.rules.lifecycle.ContainerLost;
import dev.kubesent.diagnosis.rules.lifecycle.InitContainerHangs;
import dev.kubesent.diagnosis.rules.lifecycle.NeverReady;
import dev.kubesent.diagnosis.rules.lifecycle.PodEndedWithNode;
import dev.kubesent.diagnosis.rules.lifecycle.PodEvicted;
import dev.kubesent.diagnosis.rules.lifecycle.PodRefused;
import dev.kubesent.diagnosis.rules.lifecycle.PodsNotAccepted;
import dev.kubesent.diagnosis.rules.memory.JavaHeapAgainstLimit;
import dev.kubesent.diagnosis.rules.memory.LeakNotLimit;
import dev.kubesent.diagnosis.rules.memory.MemoryLimitTooLow;
import dev.kubesent.diagnosis.rules.memory.NodeOutOfMemory;
import dev.kubesent.diagnosis.rules.memory.OomNotCertain;
import dev.kubesent.diagnosis.rules.memory.PodLimitHit;
import dev.kubesent.diagnosis.rules.memory.RuntimeHeapAgainstLimit;
import dev.kubesent.diagnosis.rules.memory.TooSmallToStart;
import dev.kubesent.diagnosis.rules.probe.ProbeRule;
import dev.kubesent.diagnosis.rules.run.ExitsWithError;
import dev.kubesent.diagnosis.rules.run.ExitsZero;
import dev.kubesent.diagnosis.rules.run.JobGivenUp;
import dev.kubesent.diagnosis.rules.run.KilledByFault;
import dev.kubesent.diagnosis.rules.run.KilledBySignal;
import dev.kubesent.diagnosis.rules.run.ProgramSays;
import dev.kubesent.diagnosis.rules.run.ReadOnce;
import dev.kubesent.diagnosis.rules.run.RunNotBegun;
import dev.kubesent.diagnosis.rules.run.SiblingFailed;
import dev.kubesent.diagnosis.rules.sandbox.SandboxRule;
import dev.kubesent.diagnosis.rules.schedule.ScheduleRule;
import dev.kubesent.diagnosis.rules.start.StartRule;
import dev.kubesent.diagnosis.rules.volume.VolumeRule;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.run.RunFacts;
import dev.kubesent.failure.LostRun;
import dev.kubesent.text.Effort;
import java.util.Comparator;
import java.util.List;

/** Every rule there is. */
public final class Rules {

    /** Of two that are equally sure, the one that stands first wins: the more special ones stand first. */
    private static final List<Rule> ALL = List.of(
            new ContainerLost(),
            new PodEvicted(),
            new PodRefused(),
            new PodEndedWithNode(),
            new NeverReady(),
            new InitContainerHangs(),
            new OomNotCertain(),
            new NodeOutOfMemory(),
            new TooSmallToStart(),
            new PodLimitHit(),
            new LeakNotLimit(),
            new JavaHeapAgainstLimit(),
            new RuntimeHeapAgainstLimit(),
            new MemoryLimitTooLow(),
            new ImageRule(),
            new StartRule(),
            new SiblingFailed(),
            new ProgramSays(),
            new ProbeRule(),
            new KilledByFault(),
            new KilledBySignal(),
            new ExitsZero(),
            new ExitsWithError(),
            new VolumeRule(),
            new SandboxRule(),
            new ScheduleRule());

    private Rules() {}

    /** Always an answer; "unknown" where no rule knows. */
    public static Diagnosis diagnose(Evidence evidence) {
        return diagnose(evidence, Effort.OF_A_DIAGNOSIS);
    }

    /** With the words of those who know this cluster, which change nothing but words. */
    public static Diagnosis diagnose(Evidence evidence, OwnSignatures own) {
        return KnownHere.weighed(diagnose(evidence), evidence, own);
    }

    /** @param steps of work that it may be; "unknown" too where they are not enough */
    public static Diagnosis diagnose(Evidence evidence, long steps) {
        try {
            return Effort.within(steps, () -> ReadOnce.within(() -> sought(evidence)));
        } catch (Effort.SpentException e) {
            return unknown("Reading the evidence was given up: " + e.getMessage() + ".");
        }
    }

    private static Diagnosis sought(Evidence evidence) {
        return ALL.stream()
                .peek(_ -> Effort.step())
                .flatMap(rule -> rule.diagnose(evidence).stream())
                .sorted(Comparator.comparingInt(Diagnosis::confidence).reversed())
                .findFirst()
                .map(diagnosis ->
                        completed(RunsElsewhere.weighed(OfRevision.weighed(diagnosis, evidence), evidence), evidence))
                .orElseGet(() -> FailsAlone.weighed(unknown("No rule knows what this evidence means."), evidence));
    }

    /** Of a run that left no pod: its kind decides. */
    public static Diagnosis diagnose(RunFacts facts) {
        return switch (facts.run()) {
            case LostRun.GaveUp gaveUp -> JobGivenUp.of(facts, gaveUp);
            case LostRun.NotBegun notBegun -> RunNotBegun.of(facts, notBegun);
            case LostRun.NotCreated notCreated -> PodsNotAccepted.of(notCreated);
        };
    }

    private static Diagnosis completed(Diagnosis diagnosis, Evidence evidence) {
        var asked = RegistrySays.weighed(diagnosis, evidence);
        return FailsAlone.weighed(AlsoKnown.with(asked, evidence), evidence);
    }

    /** With what else a person should know of it, whoever found the cause. */
    public static Diagnosis told(Diagnosis diagnosis, Evidence evidence, OwnSignatures own) {
        return KnownHere.told(AlsoKnown.with(diagnosis, evidence), evidence, own);
    }

    private static Diagnosis unknown(String why) {
        return new Diagnosis(Cause.UNKNOWN, 0, why, List.of(), Action.None.of(Cause.UNKNOWN), "none");
    }
}
