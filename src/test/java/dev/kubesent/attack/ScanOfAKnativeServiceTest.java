package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.scan.ScanCommand;
import dev.kubesent.testing.BlindReader;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Probe of the review: who asks after a Knative Service, and may read no Revisions (the role `view` does not have them). */
class ScanOfAKnativeServiceTest {

    @Test
    void what_may_not_be_read_is_not_said_to_be_well() {
        var scenario = Scenario.named("ksvc-with-revision-names-of-its-own");
        var ports = BlindReader.of(
                new InMemoryTestCluster()
                        .load(scenario, new MovingClock(scenario.time()))
                        .ports(),
                asked -> asked instanceof ObjectRef ref && ref.kind().equals("Revision"));
        for (var arguments : new String[][] {{"--fail-on=failing"}, {"--fail-on=failing", "ksvc/hello"}}) {
            var out = new StringWriter();
            var code = new CommandLine(new ScanCommand(
                            () -> new ScanCommand.Reached(ports.reader(), ports.dryRun(), scenario.namespace()),
                            new MovingClock(scenario.time()),
                            false))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setOut(new PrintWriter(out))
                    .execute(arguments);
            System.out.println(String.join(" ", arguments) + ": " + code + " " + out);
            assertThat(code).isNotZero();
        }
    }
}
