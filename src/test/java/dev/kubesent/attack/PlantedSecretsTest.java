package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.attack.WaysOut.Pod;
import dev.kubesent.testing.PlantedSecrets;
import dev.kubesent.testing.PlantedSecrets.Place;
import dev.kubesent.testing.PlantedSecrets.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Finding 7 of the security review: what looks like a credential comes out by no way, wherever a pod has it. */
@Isolated
class PlantedSecretsTest {

    private static final Path FORMS = Path.of("src/test/resources/redaction/planted.jsonl");

    /** Only a model is not told addresses; and what has no form at all nobody can know. */
    private static final Set<String> NO_SECRETS = Set.of(
            "ops@example.com",
            "10.42.0.17",
            "fd00:10:244::a1",
            "fd00:10:244::b2",
            "10-42-0-99",
            "annplain1",
            "cutpass1");

    @TempDir
    private Path folder;

    @Test
    void no_secret_comes_out_by_any_way() throws IOException {
        noneComesOut(WaysOut::of, _ -> {});
    }

    /** Its manifest stands in the incident while it is made anew, and nowhere when that is over. */
    @Test
    void nor_of_a_bare_pod_that_is_replaced() throws IOException {
        var replaced = new AtomicInteger();

        noneComesOut(WaysOut::ofAReplacement, ways -> {
            if (ways.get("incident").contains("Pod/oom was created again")) {
                replaced.incrementAndGet();
            }
        });

        assertThat(replaced)
                .as("all but one, whose -Xmx is above the limit")
                .hasValue(planted().size() - 1);
    }

    private interface Told {
        Map<String, String> of(Pod pod, Path folder) throws IOException;
    }

    private void noneComesOut(Told told, Consumer<Map<String, String>> also) throws IOException {
        var readable = new ArrayList<String>();
        var ways = 0;
        var planted = planted();
        for (int i = 0; i < planted.size(); i++) {
            var one = planted.get(i);
            var all = told.of(pod(one), folder.resolve("run-" + i));
            also.accept(all);
            for (var way : all.entrySet()) {
                ways++;
                if (way.getValue().contains(one.secret())) {
                    readable.add(way.getKey() + ": " + one);
                }
            }
        }

        System.out.printf("%d kinds of secrets, %d ways out, %d readable%n", planted.size(), ways, readable.size());
        assertThat(planted).hasSizeGreaterThanOrEqualTo(240);
        assertThat(ways).isEqualTo(8 * planted.size());
        assertThat(readable).isEmpty();
    }

    /** Nor is what stands beside it lost, and each way has something of the pod. */
    @Test
    void the_rest_of_the_line_is_told_by_every_way() throws IOException {
        var text = "FATAL: password=hunter2222 of the database cart is refused";

        assertThat(WaysOut.of(Pod.with(text), folder))
                .allSatisfy((way, told) -> assertThat(told)
                        .as(way)
                        .doesNotContain("hunter2222")
                        .contains(
                                way.equals("event") || way.equals("log line")
                                        ? "crashloop-app"
                                        : "of the database cart is refused"));
    }

    private static List<Planted> planted() throws IOException {
        var all = new ArrayList<>(PlantedSecrets.all().stream()
                .filter(planted -> !NO_SECRETS.contains(planted.secret()))
                .toList());
        var json = new ObjectMapper();
        for (var line : Files.readAllLines(FORMS)) {
            var form = json.readTree(line);
            all.add(new Planted(Place.LOG, form.path(0).asText(), form.path(1).asText()));
        }
        return all;
    }

    private static Pod pod(Planted planted) {
        var text = planted.text();
        return switch (planted.place()) {
            case LOG, EVENT, ANNOTATION -> Pod.with(text);
            case ENV ->
                new Pod(
                        "it fails",
                        Map.of(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)),
                        List.of());
            case ARGS -> new Pod("it fails", Map.of(), text.lines().toList());
        };
    }
}
