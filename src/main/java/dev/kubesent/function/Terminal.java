package dev.kubesent.function;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWord;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.command.ApproveCommand;
import dev.kubesent.command.CompletionCommand;
import dev.kubesent.command.ExitCode;
import dev.kubesent.command.IncidentsCommand;
import dev.kubesent.command.MuteCommand;
import dev.kubesent.command.PauseCommand;
import dev.kubesent.command.Reach;
import dev.kubesent.command.RejectCommand;
import dev.kubesent.command.Rendering;
import dev.kubesent.command.ResumeCommand;
import dev.kubesent.command.UnmuteCommand;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.scan.ExplainCommand;
import dev.kubesent.scan.ScanCommand;
import dev.kubesent.ui.UiCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands for a person at a terminal: nothing of Spring, and no process that serves. */
final class Terminal {

    private static final String EXIT_CODES = "%nExit codes:%n";

    /** Without exit codes of this list. */
    private static final Set<String> OTHERS = Set.of("cleanup", "help");

    private static final List<String> HELP = List.of("-h", "--help");

    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    /** Of a question that a person has put together from files. */
    private static final int LONGEST_QUESTION = 32 << 20;

    private Terminal() {}

    @Command(
            name = "kubesent",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Heals Kubernetes pods. Without a command it serves.",
            footerHeading = "%n",
            footer = "kubesent COMMAND --help explains one; docs/commands.md has all.",
            subcommands = CommandLine.HelpCommand.class)
    private static final class Root {}

    /** For help and completion: {@link Main} takes this word first, so that nothing of picocli is loaded where KubeSent serves. */
    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description =
                    "Serve events, and heal; the same as no command. Without a cluster's settings: a local run that"
                            + " heals samples.",
            exitCodeListHeading = EXIT_CODES,
            exitCodeList = {" 0:it was stopped", " 2:the command line or a setting is wrong"},
            footerHeading = Rendering.RIGHTS,
            footer = "In a cluster those of its ServiceAccount (knative/README.md); a local run needs none.")
    @SuppressWarnings("unused") // picocli tells of them
    private static final class Serve {
        @CommandLine.Option(
                names = "--replay",
                paramLabel = "FILE",
                split = ",",
                description = "replay these events instead of the samples (.http or .json)")
        private List<Path> replay = List.of();

        @CommandLine.Option(names = "--exit", description = "end after the replay instead of serving on :8080")
        private boolean exit;

        @CommandLine.Parameters(
                paramLabel = "--kubesent.SETTING=VALUE",
                description =
                        "a setting, as in docs/settings.md (--kubesent.mode=suggest), or a property of Spring Boot"
                                + " (--server.port=8081)")
        private List<String> settings = List.of();
    }

    /** As {@link Serve}: {@link CleanupMain} runs it. */
    @Command(
            name = "cleanup",
            mixinStandardHelpOptions = true,
            description =
                    "Delete old files, and end. Environment variables say what to delete (docs/cleanup.md, also for"
                            + " its exit codes).",
            footerHeading = Rendering.RIGHTS,
            footer = "Those of the process in its folder; no cluster is asked.")
    @SuppressWarnings("unused") // picocli tells of them
    private static final class Cleanup {
        @CommandLine.Option(names = "--serve", description = "one run for each request, for a PingSource")
        private boolean serve;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var built = Terminal.class.getPackage().getImplementationVersion();
            return new String[] {"kubesent " + Objects.requireNonNullElse(built, "(not packaged)")};
        }
    }

    /** Help, and every word but those that serve or clean up; an unknown one too, so that it is answered with one that is near. */
    static boolean isMeant(String... arguments) {
        if (arguments.length == 0) {
            return false;
        }
        return switch (arguments[0]) {
            case "serve", "cleanup" -> Arrays.stream(arguments).anyMatch(HELP::contains);
            default -> !arguments[0].startsWith("-") || Arrays.stream(arguments).anyMatch(OWN_OPTIONS::contains);
        };
    }

    /** @return the exit code */
    static int run(String... arguments) {
        quietly();
        return commandLine(Clock.systemUTC()).execute(words(arguments));
    }

    /** Who asks for help is given it, whatever else stands there. */
    private static String[] words(String... arguments) {
        var isWord = !arguments[0].startsWith("-");
        var isPlain = isWord && !arguments[0].equals("serve") && !arguments[0].equals("cleanup");
        return isPlain
                ? arguments
                : Stream.concat(
                                Stream.of(arguments[0]).filter(_ -> isWord),
                                Arrays.stream(arguments)
                                        .filter(OWN_OPTIONS::contains)
                                        .limit(1))
                        .toArray(String[]::new);
    }

    static CommandLine commandLine(Clock clock) {
        var line = new CommandLine(new Root())
                .addSubcommand(new Serve())
                .addSubcommand(new ScanCommand(Terminal::reached, clock, isTerminal()))
                .addSubcommand(new ExplainCommand(question -> diagnosed(question, clock), clock, System.in))
                .addSubcommand(new UiCommand(Terminal::reachedByPage, clock, new CountDownLatch(1)::await))
                .addSubcommand(new IncidentsCommand(Terminal::person, clock))
                .addSubcommand(new ApproveCommand(Terminal::person))
                .addSubcommand(new RejectCommand(Terminal::person))
                .addSubcommand(new PauseCommand(Terminal::person))
                .addSubcommand(new ResumeCommand(Terminal::person))
                .addSubcommand(new MuteCommand(Terminal::person, clock))
                .addSubcommand(new UnmuteCommand(Terminal::person))
                .addSubcommand(new Cleanup())
                .addSubcommand(new CompletionCommand())
                .setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().values().forEach(Terminal::nameExitCodes);
        return line;
    }

    /** Those that have none of their own have the common ones. */
    private static void nameExitCodes(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        if (usage.exitCodeList().isEmpty() && !OTHERS.contains(command.getCommandName())) {
            usage.exitCodeListHeading(EXIT_CODES).exitCodeList(ExitCode.list());
        }
    }

    private static ScanCommand.Reached reached() {
        var client = KubernetesConnection.fromEnvironment();
        var namespace = Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
        return new ScanCommand.Reached(new KubernetesReads(client), new KubernetesWrites(client).dryRun(), namespace);
    }

    private static Reach.Reached person() {
        var client = KubernetesConnection.fromEnvironment();
        var namespace = Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
        return new Reach.Reached(new KubernetesReads(client), new KubernetesWord(client), namespace);
    }

    private static UiCommand.Reached reachedByPage() {
        var client = KubernetesConnection.fromEnvironment();
        var config = client.getConfiguration();
        var context = config.getCurrentContext();
        var words = context == null ? config.getMasterUrl() : context.getName() + ", " + config.getMasterUrl();
        return new UiCommand.Reached(new KubernetesReads(client), new KubernetesWord(client)::say, words);
    }

    private static ExplainCommand.Answer diagnosed(byte[] question, Clock clock) {
        var endpoint = new DiagnoseEndpoint(
                Doctor.none(), Settings.read(_ -> null, false).policies(), LONGEST_QUESTION, 1, clock);
        var reply = endpoint.answer(new Request(Map.of(), question));
        return new ExplainCommand.Answer(reply.status() == 200, new String(reply.body(), StandardCharsets.UTF_8));
    }

    /** What a library has to say is for whoever operates a server. */
    private static void quietly() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }
}
