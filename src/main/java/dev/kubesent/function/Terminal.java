package dev.kubesent.function;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.SpokenWord;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.scan.ExplainCommand;
import dev.kubesent.scan.ScanCommand;
import dev.kubesent.ui.UiCommand;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands for a person at a terminal: nothing of Spring, and no process that serves. */
final class Terminal {

    private static final Set<String> COMMANDS = Set.of("scan", "explain", "ui", "help");

    /** Of a question that a person has put together from files. */
    private static final int LONGEST_QUESTION = 32 << 20;

    private Terminal() {}

    @Command(
            name = "kubesent",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Heals Kubernetes pods. Without a command it serves: see kubesent --help.",
            subcommands = CommandLine.HelpCommand.class)
    private static final class Root {}

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var built = Terminal.class.getPackage().getImplementationVersion();
            return new String[] {"kubesent " + Objects.requireNonNullElse(built, "(not packaged)")};
        }
    }

    static boolean isMeant(String... arguments) {
        return arguments.length > 0 && (COMMANDS.contains(arguments[0]) || arguments[0].equals("--version"));
    }

    /** @return the exit code */
    static int run(String... arguments) {
        quietly();
        return commandLine(Clock.systemUTC()).execute(arguments);
    }

    static CommandLine commandLine(Clock clock) {
        return new CommandLine(new Root())
                .addSubcommand(new ScanCommand(Terminal::reached, clock, isTerminal()))
                .addSubcommand(new ExplainCommand(question -> diagnosed(question, clock), System.in))
                .addSubcommand(new UiCommand(Terminal::reachedByPage, clock, new CountDownLatch(1)::await))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static ScanCommand.Reached reached() {
        var client = KubernetesConnection.fromEnvironment();
        var namespace = Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
        return new ScanCommand.Reached(new KubernetesReads(client), namespace);
    }

    private static UiCommand.Reached reachedByPage() {
        var client = KubernetesConnection.fromEnvironment();
        var config = client.getConfiguration();
        var context = config.getCurrentContext();
        var words = context == null ? config.getMasterUrl() : context.getName() + ", " + config.getMasterUrl();
        return new UiCommand.Reached(new KubernetesReads(client), new SpokenWord(client)::say, words);
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
