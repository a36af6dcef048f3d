package dev.kubesent.scan;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.command.ExitCode;
import dev.kubesent.command.InNamespace;
import dev.kubesent.command.Rendering;
import dev.kubesent.command.Target;
import dev.kubesent.diagnosis.Confidence;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scan}: what fails in the cluster of the current kubeconfig, and why. Reads only. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = "Look at the cluster of the current kubeconfig: what fails, why, and what to do. It only reads.",
        exitCodeOnExecutionException = 70,
        footerHeading = Rendering.RIGHTS,
        footer = "list pods; what else it may read makes it surer: the ClusterRole view, and get nodes. It says what it"
                + " could not read. With --dry-run also what each change needs, such as patch deployments.")
public final class ScanCommand implements Callable<Integer> {

    /** When a scan ends with exit code 1. */
    public enum FailOn {
        /** Never. */
        NOTHING,
        /** Where anything fails. */
        FAILING,
        /** Where something fails whose cause is known. */
        KNOWN;

        boolean is(Found found) {
            return switch (this) {
                case NOTHING -> false;
                case FAILING -> true;
                case KNOWN -> found.confidence() >= Confidence.KNOWN;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A cluster, as it was reached. @param dryRun used only where one is asked for @param namespace of the current context */
    public record Reached(ClusterReader reader, DryRun dryRun, String namespace) {}

    /** Reaches the cluster of a kubeconfig. */
    @FunctionalInterface
    public interface Reach {
        /** @throws ClusterException where there is none */
        Reached cluster();
    }

    private final Reach reach;
    private final Clock clock;
    private final boolean isWatched;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "POD|KIND/NAME", description = "look at this pod or workload only")
    private @Nullable String target;

    @Mixin
    private InNamespace where = new InNamespace();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "${COMPLETION-CANDIDATES} (default: table)")
    private Format format = Format.TABLE;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            defaultValue = "NOTHING",
            description = "end with 1 on: ${COMPLETION-CANDIDATES} (default: nothing)")
    private FailOn failOn = FailOn.NOTHING;

    @Option(
            names = "--dry-run",
            description =
                    "also ask the API server whether it would accept each change from you; it changes nothing, and"
                            + " needs the right to make the change")
    private boolean isTried;

    /** @param isWatched whether somebody sees how it goes on */
    public ScanCommand(Reach reach, Clock clock, boolean isWatched) {
        this.reach = reach;
        this.clock = clock;
        this.isWatched = isWatched;
    }

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        try {
            var report = scanned(line.getErr());
            line.getOut().println(format.of(report));
            line.getOut().flush();
            return code(report);
        } catch (IllegalArgumentException e) {
            line.getErr().println("kubesent scan: " + e.getMessage());
            line.getErr().flush();
            return ExitCode.USAGE.code();
        } catch (ClusterException e) {
            line.getErr().println("kubesent scan: " + reason(e));
            line.getErr().flush();
            return ExitCode.UNREADABLE.code();
        }
    }

    /** What could not be looked at may be what a pipeline asks for. */
    private int code(ScanReport report) {
        if (report.found().stream().anyMatch(failOn::is)) {
            return ExitCode.FOUND.code();
        }
        return failOn == FailOn.NOTHING || report.isWhole() ? ExitCode.DONE.code() : ExitCode.UNREADABLE.code();
    }

    private ScanReport scanned(PrintWriter progress) {
        var wanted = Optional.ofNullable(target).map(Target::parse);
        var reached = reach.cluster();
        var trial = Optional.of(reached.dryRun()).filter(_ -> isTried).map(Trial::new);
        var scan = new Scan(reached.reader(), new Diagnoser(reached.reader(), trial, clock), clock.instant(), pods -> {
            if (isWatched) {
                progress.print("\r" + pods + " pods looked at \r");
                progress.flush();
            }
        });
        var namespace = where.or(reached.namespace());
        var report = scan.of(namespace, wanted);
        if (report.found().isEmpty() && report.isWhole()) {
            return new Existence(reached.reader())
                    .check(namespace, wanted)
                    .map(untold -> new ScanReport(report.pods(), report.found(), List.of(untold)))
                    .orElse(report);
        }
        return report;
    }

    private String reason(ClusterException e) {
        return switch (e.kind()) {
            case FORBIDDEN ->
                "%s. Pods of one namespace may be readable: kubesent scan -n NAMESPACE".formatted(e.getMessage());
            case UNAUTHORIZED -> e.getMessage() + ". Log in to the cluster again (kubectl get pods shows how).";
            case UNREACHABLE -> e.getMessage() + ". Is it the right kubeconfig (kubectl cluster-info)?";
            case BUSY, BROKEN, NOT_FOUND, ALREADY_EXISTS, CONFLICT, REJECTED -> String.valueOf(e.getMessage());
        };
    }
}
