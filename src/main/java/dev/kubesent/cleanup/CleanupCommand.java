package dev.kubesent.cleanup;

import com.fasterxml.jackson.core.JsonFactory;
import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar kubesent.jar cleanup}: one run, and then the end of the process. The summary is the last line of standard output, all
 * else goes to standard error. Exit codes: {@link Ending}, and 2 for settings that are wrong or a directory that is not there.
 */
public final class CleanupCommand {

    public static final int UNUSABLE = 2;

    /** A line in a log for everybody who follows it; on a terminal the same line is written anew. */
    public static final Duration IN_A_LOG = Duration.ofSeconds(30);

    private static final Duration ON_A_TERMINAL = Duration.ofMillis(500);

    /** Without a mapper, which is 500 classes of a start that has a tenth of a second. */
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private final PrintStream err;
    private final Watched watched;

    /** Where somebody watches. */
    public enum Watched {
        ON_A_TERMINAL,
        IN_A_LOG
    }

    public CleanupCommand(PrintStream out, PrintStream err, Watched watched) {
        this.out = out;
        this.err = err;
        this.watched = watched;
    }

    /** @return the exit code */
    public int run(UnaryOperator<@Nullable String> environment, Clock clock, StopSignal signal) {
        try {
            var cleanup = new Cleanup(CleanupSettings.read(environment), clock, err::println);
            signal.onStop(cleanup::stop);
            var summary = watching(cleanup);
            out.println(json(summary));
            out.flush();
            return summary.end().exitCode();
        } catch (UnusableException e) {
            err.println("kubesent cleanup: " + e.getMessage());
            return UNUSABLE;
        }
    }

    /** What is told when the process is to end. */
    @FunctionalInterface
    public interface StopSignal {
        void onStop(Runnable stop);
    }

    private Summary watching(Cleanup cleanup) {
        var every = switch (watched) {
            case ON_A_TERMINAL -> ON_A_TERMINAL;
            case IN_A_LOG -> IN_A_LOG;
        };
        var summary = cleanup.run(every, progress -> err.print(line(progress)));
        if (watched == Watched.ON_A_TERMINAL) {
            err.print(line(cleanup.progress()) + System.lineSeparator());
        }
        return summary;
    }

    /** On a terminal from the left edge again; what stood there longer is blotted out. */
    String line(String progress) {
        return switch (watched) {
            case ON_A_TERMINAL -> "\r" + progress + "    ";
            case IN_A_LOG -> progress + System.lineSeparator();
        };
    }

    /** One line. */
    public static String json(Summary summary) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("end", summary.end().name());
            json.writeBooleanField("dryRun", summary.dryRun());
            json.writeNumberField("seen", summary.seen());
            json.writeNumberField("deleted", summary.deleted());
            json.writeNumberField("bytes", summary.bytes());
            json.writeNumberField("failed", summary.failed());
            json.writeNumberField("vanished", summary.vanished());
            json.writeNumberField("directoriesRemoved", summary.directoriesRemoved());
            json.writeNumberField("mountsPassed", summary.mountsPassed());
            json.writeNumberField("seconds", summary.seconds());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no errors
        }
        return text.toString();
    }
}
