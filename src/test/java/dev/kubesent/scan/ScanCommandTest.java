package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.scan.ScanCommand.Reached;
import dev.kubesent.testing.BlindReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
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
        return scan(
                () -> new Reached(loaded.ports().reader(), loaded.ports().dryRun(), COMMAND.namespace()), arguments);
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

    @Test
    void a_dry_run_is_sent_only_where_it_is_asked_for() {
        assertThat(scan()).isZero();
        assertThat(out.toString()).doesNotContain("tried");

        assertThat(scan("--dry-run")).isZero();
        assertThat(out.toString()).contains("tried    the API server would accept it from you (dry run)");
    }

    @ParameterizedTest
    @CsvSource({
        "deployment/web",
        "deploy/web",
        "deployments.apps/web",
        "rs/web-bbb",
        "pod/web-bbb-x1",
        "po/web-bbb-x1",
        "web",
        "web-bbb-x1"
    })
    void one_pod_or_workload_may_be_named_as_for_kubectl(String target) {
        assertThat(scan(target, "--fail-on=failing")).isEqualTo(1);

        assertThat(out.toString()).contains("1 failure.");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Deployment/other, there is no 'Deployment/other' in namespace",
                "wbe, there is no 'wbe' in namespace",
                "StatefulSet/web, there is no 'StatefulSet/web' in namespace",
                "foo/web, 'foo' is no kind that has pods",
                "-n nowhere, there is no namespace 'nowhere'"
            })
    void what_is_not_there_is_not_said_to_be_well(String arguments, String told) {
        assertThat(scan(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(told);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_pod_that_only_claims_to_be_of_a_workload_does_not_stand_for_it() {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));
        var real = loaded.inspector()
                .get(Pod.class, COMMAND.namespace(), "web-bbb-x1")
                .orElseThrow();
        var forged = new PodBuilder(real)
                .editMetadata()
                .withName("aaa")
                .withUid("forged")
                .withResourceVersion(null)
                .removeFromLabels("app")
                .endMetadata()
                .build();
        loaded.stage().put(KubernetesJson.yaml(forged));

        assertThat(scan(
                        () -> new Reached(
                                loaded.ports().reader(), loaded.ports().dryRun(), COMMAND.namespace()),
                        "deploy/web"))
                .isZero();

        assertThat(out.toString()).contains("Deployment/web, container app").contains("COMMAND_NOT_FOUND");
    }

    @Test
    void what_could_not_be_looked_at_is_no_reason_to_go_on() {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));
        var ports = BlindReader.of(
                loaded.ports(), argument -> argument instanceof ContainerLog || argument == ReplicaSet.class);

        assertThat(scan(() -> new Reached(ports.reader(), ports.dryRun(), COMMAND.namespace()), "--fail-on=failing"))
                .isNotZero();
        assertThat(out.toString()).doesNotContain("nothing fails");
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
