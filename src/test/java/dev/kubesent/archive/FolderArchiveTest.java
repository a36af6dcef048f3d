package dev.kubesent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folder after an event, and after the sweep that deletes the incident. */
class FolderArchiveTest {

    @TempDir
    private Path folder;

    @Test
    void what_a_pod_left_behind_is_kept_with_credentials_masked() throws IOException {
        run("crash-log-with-a-password", new FolderArchive(folder));

        var own = only();
        assertThat(folder.relativize(own)).asString().startsWith("crash-log-with-a-password/");
        assertThat(files(own)).containsExactly("drill-down.txt", "events.txt", "log.txt", "pod.yaml");
        assertThat(Files.readString(own.resolve("pod.yaml"))).contains("kind: \"Pod\"");
        assertThat(Files.readString(own.resolve("log.txt"))).isNotBlank().contains("***");
    }

    @Test
    void the_incident_itself_is_kept_right_before_it_is_deleted() throws IOException {
        var left = run("sweep-closes-what-is-gone-and-forgets-it", new FolderArchive(folder));

        assertThat(left).isEmpty();
        assertThat(Files.readString(only().resolve("incident.yaml")))
                .contains("kind: \"Incident\"", "story:", "diagnosis:");
    }

    @Test
    void what_cannot_be_archived_is_not_deleted_and_keeps_nobody_from_being_judged() throws IOException {
        var blocked = Files.writeString(folder.resolve("no-folder"), "a file stands here");

        var left = run("sweep-closes-what-is-gone-and-forgets-it", new FolderArchive(blocked));

        assertThat(left).hasSize(1);
        assertThat(left.getFirst().getStatus().diagnosis()).isNotNull();
    }

    @Test
    void a_name_that_would_lead_elsewhere_is_none() {
        var incident = new Incident();
        incident.getMetadata().setNamespace("..");
        incident.getMetadata().setName("etc");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new FolderArchive(folder.resolve("archive")).keep(incident));
    }

    private static List<Incident> run(String name, Archive archive) {
        var scenario = Scenario.named(name);
        var clock = new MovingClock(scenario.time());
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var ports = loaded.ports().with(archive);
        var _ = ScenarioRun.endpoint(ports, clock, "one").answer(loaded.event());
        for (var step : scenario.steps()) {
            ScenarioRun.setTheStage(step, loaded, clock);
            var _ = ScenarioRun.sweep(ports, clock, "later").run();
        }
        return loaded.inspector().list(Incident.class, name);
    }

    private Path only() throws IOException {
        try (var all = Files.walk(folder, 2)) {
            return all.filter(path -> path.getNameCount() == folder.getNameCount() + 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
