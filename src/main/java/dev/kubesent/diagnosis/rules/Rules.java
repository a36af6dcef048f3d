package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.RunFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.LostRun;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Every rule there is. */
public final class Rules {

    /** Of two that are equally sure, the one that stands first wins: the more special ones stand first. */
    private static final List<Rule> ALL = List.of(
            new OomNotCertain(),
            new NodeOutOfMemory(),
            new TooSmallToStart(),
            new PodLimitHit(),
            new LeakNotLimit(),
            new JavaHeapAgainstLimit(),
            new RuntimeHeapAgainstLimit(),
            new MemoryLimitTooLow(),
            new ImageNameInvalid(),
            new ImageNotOnNode(),
            new ImageSignatureRefused(),
            new NodeDiskFull(),
            new ImageOfOtherPlatform(),
            new ImageForbidden(),
            new RegistryRateLimited(),
            new RegistryUntrusted(),
            new RegistryUnreachable(),
            new ImageCredentialsRefused(),
            new ImageNotFound(),
            new ImagePullAmbiguous(),
            new CommandNotFound(),
            new CommandNotExecutable(),
            new LibraryMissing(),
            new WrongArchitecture(),
            new ScriptUnreadable(),
            new WorkingDirectoryMissing(),
            new UserRefused(),
            new ConfigurationMissing(),
            new SecurityProfileRefused(),
            new HookFailed(),
            new CommandCannotStart(),
            new SiblingFailed(),
            new ProgramSays(),
            new ProbeWrongPort(),
            new ProbeWrongPath(),
            new ProbeWrongProtocol(),
            new ProbeTooEarly(),
            new ProbeTimesOut(),
            new KilledByProbe(),
            new KilledByFault(),
            new KilledBySignal(),
            new ExitsZero(),
            new ExitsWithError(),
            new VolumeConfigurationMissing(),
            new HostPathMissing(),
            new VolumeInUse(),
            new VolumeDriverMissing(),
            new VolumeNotMounted(),
            new SandboxImageNotPulled(),
            new SandboxTooSmall(),
            new PodNetworkFailed(),
            new SandboxFailed(),
            new ClaimMissing(),
            new ClaimNotBound(),
            new NodesNotReady(),
            new NodesFull(),
            new NoNodeFits());

    private static final int CHANGES_SHOWN = 5;

    private Rules() {}

    /** Always an answer; "unknown" where no rule knows. */
    public static Diagnosis diagnose(Evidence evidence) {
        return ALL.stream()
                .flatMap(rule -> rule.diagnose(evidence).stream())
                .sorted(Comparator.comparingInt(Diagnosis::confidence).reversed())
                .findFirst()
                .map(diagnosis ->
                        completed(RunsElsewhere.weighed(OfRevision.weighed(diagnosis, evidence), evidence), evidence))
                .orElseGet(Rules::unknown);
    }

    /** Of a run that left no pod: its kind decides. */
    public static Diagnosis diagnose(RunFacts facts) {
        return switch (facts.run()) {
            case LostRun.GaveUp gaveUp -> JobGivenUp.of(facts, gaveUp);
            case LostRun.NotBegun notBegun -> RunNotBegun.of(facts, notBegun);
        };
    }

    /** With what else a person should know of it, whoever found the cause. */
    public static Diagnosis completed(Diagnosis diagnosis, Evidence evidence) {
        return withRollout(
                withJob(withFirst(diagnosis, evidence), evidence),
                evidence.around().rollout().present().orElse(RolloutFacts.NONE).changes());
    }

    private static Diagnosis withJob(Diagnosis diagnosis, Evidence evidence) {
        return JobEnded.of(evidence)
                .map(ended -> diagnosis.with(ended.text() + ".", ended))
                .orElse(diagnosis);
    }

    /** Where its own cause is known, it is nobody's victim. */
    private static Diagnosis withFirst(Diagnosis diagnosis, Evidence evidence) {
        return diagnosis.confidence() >= Confidence.KNOWN && diagnosis.cause() != Cause.SIBLING_FAILED
                ? diagnosis
                : FirstToFail.of(evidence)
                        .map(first -> diagnosis.with("Of this pod, " + first.text() + "; it may be the cause.", first))
                        .orElse(diagnosis);
    }

    /** A failure right after a rollout is mostly its doing; not where the registry or the node is at fault. */
    private static Diagnosis withRollout(Diagnosis diagnosis, List<String> changes) {
        var isElsewhere = diagnosis.cause().place() == Cause.Place.REGISTRY
                || diagnosis.cause().place() == Cause.Place.NODE;
        if (changes.isEmpty() || isElsewhere) {
            return diagnosis;
        }
        var shown = changes.stream().limit(CHANGES_SHOWN).collect(Collectors.joining("; "));
        var more = changes.size() > CHANGES_SHOWN ? "; and " + (changes.size() - CHANGES_SHOWN) + " more" : "";
        return diagnosis.with(
                "The rollout before it changed: " + shown + more + ".", new Quote(Source.ROLLOUT, shown + more));
    }

    private static Diagnosis unknown() {
        return new Diagnosis(
                Cause.UNKNOWN,
                0,
                "No rule knows what this evidence means.",
                List.of(),
                new Action.None("Look at the log and the events yourself."),
                "none");
    }
}
