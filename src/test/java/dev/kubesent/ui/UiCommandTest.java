package dev.kubesent.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.memory.InMemoryCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UiCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void it_says_the_address_and_serves_there_until_it_is_stopped() {
        var status = new int[1];

        int code = run(UiCommandTest::reached, () -> status[0] = statusOf(out.toString()), "--port", "0");

        assertThat(code).isZero();
        assertThat(out.toString())
                .startsWith("Open http://127.0.0.1:")
                .contains("/#token=")
                .contains("Ctrl-C");
        assertThat(status[0]).isEqualTo(200);
    }

    @Test
    void a_port_that_is_taken_is_said() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());

            assertThat(run(UiCommandTest::reached, () -> {}, "--port", port)).isEqualTo(2);

            assertThat(err.toString())
                    .contains("port " + port + " of 127.0.0.1 cannot be served")
                    .contains("--port");
        }
    }

    @Test
    void a_port_that_is_none_is_said() {
        assertThat(run(UiCommandTest::reached, () -> {}, "--port", "65536")).isEqualTo(2);
        assertThat(run(UiCommandTest::reached, () -> {}, "--port=-1")).isEqualTo(2);
        assertThat(run(UiCommandTest::reached, () -> {}, "--port", "http")).isEqualTo(2);
        assertThat(err.toString()).contains("--port is from 0 to 65535");
    }

    @Test
    void without_a_cluster_it_says_so() {
        assertThat(run(
                        () -> {
                            throw new ClusterException(ClusterException.Kind.UNREACHABLE, "no answer");
                        },
                        () -> {}))
                .isEqualTo(3);
        assertThat(err.toString()).contains("no answer").contains("kubectl cluster-info");
    }

    private static UiCommand.Reached reached() {
        return new UiCommand.Reached(new InMemoryCluster(Clock.systemUTC()), (_, _, _) -> {}, "lab");
    }

    private static int statusOf(String printed) {
        try {
            var address = URI.create(printed.lines().findFirst().orElseThrow().replaceFirst("Open (.*)#.*", "$1"));
            return ((HttpURLConnection) address.toURL().openConnection()).getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(UiCommand.Reach reach, UiCommand.Until until, String... arguments) {
        return new CommandLine(new UiCommand(reach, Clock.systemUTC(), until))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
