package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.scan.ScanCommand;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Probe of the review: {@code kubectl set image pod/web-x app=...} leaves a pod that its ReplicaSet owns and has not made so; and it fails. */
class ScanOfAWorkloadTest {

    private static final Scenario COMMAND = Scenario.named("rollback-command-not-found");

    private final StringWriter out = new StringWriter();

    @Test
    void a_failing_pod_of_the_workload_is_not_left_out_without_a_word() {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));
        for (var pod : loaded.inspector().list(Pod.class, COMMAND.namespace())) {
            pod.getSpec().getContainers().getFirst().setImage("registry.example/other:1");
            loaded.stage().put(dev.kubesent.cluster.KubernetesJson.json(pod));
        }

        var all = scan(loaded, "--fail-on=failing");
        System.out.println(all + " " + out);
        out.getBuffer().setLength(0);
        var one = scan(loaded, "--fail-on=failing", "deployment/web");
        System.out.println(one + " " + out);

        assertThat(all).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("nothing fails");
        assertThat(one).isNotZero();
    }

    private int scan(dev.kubesent.testing.TestCluster.Loaded loaded, String... arguments) {
        return new CommandLine(new ScanCommand(
                        () -> new ScanCommand.Reached(loaded.ports().reader(), COMMAND.namespace()),
                        new MovingClock(COMMAND.time()),
                        false))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .execute(arguments);
    }
}
