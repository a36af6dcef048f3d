package dev.kubesent.ui;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ui}: the page, on this machine, with the rights of the current kubeconfig. */
@Command(
        name = "ui",
        mixinStandardHelpOptions = true,
        description = "Show the incidents of the current kubeconfig's cluster in a browser on this machine. To approve"
                + " there, you need the right to.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeOnExecutionException = 70,
        exitCodeList = {
            " 0:served until it was stopped (Ctrl-C)",
            " 2:the command line is wrong, or the port is taken",
            " 3:there is no cluster to be reached"
        },
        footerHeading = "%nRights:%n",
        footer = "Yours: get and list on incidents.kubesent.dev; to approve also patch and approve, to reject patch.")
public final class UiCommand implements Callable<Integer> {

    private static final int UNUSABLE = 2;
    private static final int UNREACHABLE = 3;
    private static final int HIGHEST_PORT = 65_535;

    /** A cluster, as it was reached. @param words which it is, for the head of the page */
    public record Reached(ClusterReader reader, Word word, String words) {}

    /** Reaches the cluster of a kubeconfig. */
    @FunctionalInterface
    public interface Reach {
        /** @throws ClusterException where there is none */
        Reached cluster();
    }

    /** Goes on until somebody stops it. */
    @FunctionalInterface
    public interface Until {
        void stopped() throws InterruptedException;
    }

    private final Reach reach;
    private final Clock clock;
    private final Until until;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "at this port of 127.0.0.1 (default: any that is free)")
    private int port;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            defaultValue = "",
            description = "show the incidents of this namespace (default: of all)")
    private String namespace = "";

    /** @param until returns when the page is to end */
    public UiCommand(Reach reach, Clock clock, Until until) {
        this.reach = reach;
        this.clock = clock;
        this.until = until;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            return ended(UNUSABLE, "--port is from 0 to %d".formatted(HIGHEST_PORT));
        }
        try {
            var reached = reach.cluster();
            var place = new Place(reached.words(), namespace, true);
            return serve(Page.withToken(reached.reader(), reached.word(), place, clock));
        } catch (ClusterException e) {
            return ended(UNREACHABLE, e.getMessage() + ". Is it the right kubeconfig (kubectl cluster-info)?");
        }
    }

    private int serve(Page page) throws InterruptedException {
        try (var server = PageServer.start(port, page)) {
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println("Open %s".formatted(server.address()));
            out.println(
                    "The address is yours alone: it lets a browser on this machine act with your rights. Ctrl-C ends"
                            + " it.");
            out.flush();
            until.stopped();
            return 0;
        } catch (IOException e) {
            return ended(
                    UNUSABLE,
                    "port %d of 127.0.0.1 cannot be served: %s. Try another with --port."
                            .formatted(port, e.getMessage()));
        }
    }

    private int ended(int code, String why) {
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("kubesent ui: " + why);
        err.flush();
        return code;
    }
}
