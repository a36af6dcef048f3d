package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.scan.ScanCommand.Reached;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ScanCommandTest {

    private static final Scenario COMMAND = Scenario.named("rollback-command-not-found");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int scan(ScanCommand.Reach reach, String... arguments) {
        return new CommandLine(new ScanCommand(reach, new MovingClock(COMMAND.time()), false))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int scan(String... arguments) {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));
        return scan(() -> new Reached(loaded.ports().reader(), COMMAND.namespace()), arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "--fail-on=nothing, 0",
        "--fail-on=failing, 1",
        "--fail-on=KNOWN, 1",
        "--fail-on=everything, 2",
        "--unknown, 2",
        "-o xml, 2"
    })
    void the_exit_code_is_what_a_pipeline_asks_for(String arguments, int code) {
        assertThat(arguments.isEmpty() ? scan() : scan(arguments.split(" "))).isEqualTo(code);
    }

    @Test
    void what_would_be_done_is_said() {
        assertThat(scan()).isZero();

        assertThat(out.toString())
                .contains("Deployment/web, container app: CrashLoopBackOff")
                .contains("COMMAND_NOT_FOUND, confidence 95")
                .contains("KubeSent would take Deployment/web back");
    }

    @ParameterizedTest
    @CsvSource({
        "deployment/web, true",
        "web, true",
        "web-bbb-x1, true",
        "Deployment/other, false",
        "other, false",
        "StatefulSet/web, false"
    })
    void one_pod_or_workload_may_be_named(String target, boolean isFound) {
        assertThat(scan(target)).isZero();

        assertThat(out.toString()).contains(isFound ? "1 failure." : "nothing fails.");
    }

    @Test
    void an_unknown_option_is_answered_with_one_that_is_near() {
        assertThat(scan("--namspace", "x")).isEqualTo(2);

        assertThat(err.toString()).contains("Possible solutions: --namespace");
    }

    @Test
    void a_cluster_that_cannot_be_read_is_said_with_what_to_do() {
        assertThat(scan(() -> {
                    throw new ClusterException(Kind.UNREACHABLE, "no answer");
                }))
                .isEqualTo(3);

        assertThat(err.toString()).contains("no answer. Is it the right kubeconfig");
        assertThat(out.toString()).isEmpty();
    }
}
