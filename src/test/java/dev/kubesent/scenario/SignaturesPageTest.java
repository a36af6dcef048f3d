package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/signatures.md shows is what happens. */
class SignaturesPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```$");

    private static final Scenario SCENARIO = Scenario.named("crash-that-only-the-users-signature-knows");

    private final List<String> blocks = blocks();

    @Test
    void its_log_and_its_config_map_are_the_scenarios_and_its_diagnosis_is_what_comes_of_them() throws Exception {
        assertThat(blocks).hasSize(4);
        assertThat(SCENARIO.log()).contains(blocks.get(0));
        assertThat(SCENARIO.folder().resolve("objects.yaml")).content().isEqualTo(blocks.get(1));
        assertThat(diagnosis()).isEqualTo(blocks.get(2));
    }

    @Test
    void its_complaint_is_that_of_the_scenario_with_a_malformed_one() {
        var data = Scenario.named("crash-with-a-malformed-signature-beside-a-good-one").objects().stream()
                .filter(text -> text.contains("\"kind\":\"ConfigMap\""))
                .map(text -> KubernetesJson.parse(text, ConfigMap.class).getData())
                .findFirst()
                .orElseThrow();

        assertThat(OwnSignatures.read(data).unusable())
                .singleElement()
                .satisfies(one ->
                        assertThat(blocks.get(3)).isEqualTo("ConfigMap kubesent/kubesent-signatures: " + one + "\n"));
    }

    private static String diagnosis() {
        var clock = new MovingClock(SCENARIO.time());
        var loaded = new InMemoryTestCluster().load(SCENARIO, clock);
        assertThat(ScenarioRun.endpoint(loaded.ports(), clock, "test")
                        .answer(loaded.event())
                        .status())
                .isEqualTo(202);
        var diagnosis = loaded.inspector()
                .list(Incident.class, SCENARIO.namespace())
                .getFirst()
                .progress()
                .diagnosis();
        var evidence = new StringBuilder();
        diagnosis
                .evidence()
                .forEach(line -> evidence.append("evidence: ").append(line).append('\n'));
        return """
            cause: %s
            confidence: %d
            explanation: %s
            rule: %s
            action: %s
            """.formatted(
                                diagnosis.cause(),
                                diagnosis.confidence(),
                                diagnosis.explanation(),
                                diagnosis.rule(),
                                diagnosis.action())
                + evidence;
    }

    private static List<String> blocks() {
        try {
            return BLOCK.matcher(Files.readString(Path.of("docs/signatures.md")))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
