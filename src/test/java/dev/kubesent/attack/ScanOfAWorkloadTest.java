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

    /** {@code service/web} is what kubectl calls web's Service; here it is Knative's, and none is looked for. */
    @Test
    void what_is_not_there_is_not_said_to_be_well() {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));

        for (var target : new String[] {"service/web", "ksvc/typo"}) {
            out.getBuffer().setLength(0);
            var code = scan(loaded, "--fail-on=failing", target);
            System.out.println(target + ": " + code + " " + out);
            assertThat(code).as(target).isNotZero();
        }
    }

    @Test
    void what_is_nowhere_is_not_said_to_be_well() {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));

        var code = scan(loaded, "--fail-on=failing", "-A", "deployment/typo");
        System.out.println("-A deployment/typo: " + code + " " + out);

        assertThat(code).isNotZero();
    }

    /** Three that only claim to be of the workload, and come first by name, hide all that are. */
    @Test
    void pods_that_claim_to_be_of_a_workload_do_not_hide_it() {
        var loaded = new InMemoryTestCluster().load(COMMAND, new MovingClock(COMMAND.time()));
        var real = loaded.inspector().list(Pod.class, COMMAND.namespace()).stream()
                .filter(pod -> pod.getMetadata().getName().equals("web-bbb-x1"))
                .findFirst()
                .orElseThrow();
        loaded.stage()
                .remove("Pod/web-bbb-x1"); // put again below: this cluster lists in the order of creation, a real one
        // by name
        for (int i = 0; i < 3; i++) {
            var forged = dev.kubesent.cluster.KubernetesJson.parse(
                    dev.kubesent.cluster.KubernetesJson.json(real), Pod.class);
            forged.getMetadata().setName("aaa-" + i);
            forged.getMetadata().setUid("00000000-0000-0000-0000-00000000000" + i);
            forged.getSpec().getContainers().getFirst().setImage("registry.example/other:1");
            loaded.stage().put(dev.kubesent.cluster.KubernetesJson.json(forged));
        }
        loaded.stage().put(dev.kubesent.cluster.KubernetesJson.json(real));

        var code = scan(loaded, "--fail-on=failing", "deployment/web");
        System.out.println("forged: " + code + " " + out);

        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("Deployment/web");
    }

    private int scan(dev.kubesent.testing.TestCluster.Loaded loaded, String... arguments) {
        return new CommandLine(new ScanCommand(
                        () -> new ScanCommand.Reached(
                                loaded.ports().reader(), loaded.ports().dryRun(), COMMAND.namespace()),
                        new MovingClock(COMMAND.time()),
                        false))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .execute(arguments);
    }
}
