package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the program said before it ended. Of several causes that it speaks of, the one with the best evidence; of equals the last that was
 * said, as it stands nearest to the end.
 */
final class ProgramSays implements Rule {

    static final List<LogRule> ALL = List.of(
            new DependencyRefuses(),
            new DependencyUnresolved(),
            new DependencySilent(),
            new DependencyUntrusted(),
            new CredentialsRefused(),
            new SchemaMismatch(),
            new PortInUse(),
            new SettingMissing(),
            new SettingInvalid(),
            new SourceDirectoryMissing(),
            new FileMissing(),
            new FileForbidden(),
            new SharedMemoryFull(),
            new DiskFull(),
            new LicenceRefused(),
            new HeapExhausted(),
            new LockHeld(),
            new ProgramDefect());

    private record Found(Diagnosis diagnosis, int line) {}

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence).filter(crash -> !crash.neverStarted()).flatMap(ProgramSays::best);
    }

    private static Optional<Diagnosis> best(CrashFacts crash) {
        return ALL.stream()
                .flatMap(rule -> LogSign.find(crash, rule).stream()
                        .map(sign ->
                                new Found(rule.says(crash, sign), sign.line().number())))
                .max(Comparator.comparingInt((Found found) -> found.diagnosis().confidence())
                        .thenComparingInt(Found::line))
                .map(Found::diagnosis);
    }
}
