package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.archive.FolderArchive;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Recording;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finding 7 of shared/reviews/security.md: the record of an intent holds a pod's manifest as it is, with what its variables hold. It is there as
 * long as the act lasts, and in no incident that is at another phase.
 */
class IntentRecordTest {

    private static final Set<Phase> UNDER_WAY = EnumSet.of(Phase.Acting, Phase.Undoing);

    /** Bare pods, and all that is watched to its end. */
    private static final List<String> PARTS = List.of("bare-pod", "replaced-pod", "verify-", "sweep-");

    @Test
    void no_incident_of_any_scenario_has_a_record_when_the_act_is_over() {
        var written = new ArrayList<Incident>();

        PARTS.forEach(part ->
                assertThat(Scenario.all()).anyMatch(scenario -> scenario.name().contains(part)));
        Scenario.all()
                .filter(IntentRecordTest::hasAnAct)
                .forEach(scenario -> ScenarioRun.of(
                        scenario,
                        (named, clock) -> Recording.of(new InMemoryTestCluster().load(named, clock), written::add)));

        assertThat(withRecord(written))
                .extracting(incident -> incident.progress().phase())
                .as("so that it could fail")
                .hasSizeGreaterThan(30)
                .isSubsetOf(UNDER_WAY);
        assertThat(written)
                .filteredOn(incident -> !incident.progress().hasBegun())
                .extracting(incident -> incident.progress().phase())
                .as("the ends that were come to")
                .contains(Phase.Healed, Phase.Failed, Phase.Superseded, Phase.Closed, Phase.Verifying);
    }

    /** One that cannot be gone on with keeps it, so that a version that can is able to; it is deleted in its time, and what is kept has no manifest. */
    @Test
    void what_is_archived_has_no_record(@TempDir Path folder) throws IOException {
        var written = new ArrayList<Incident>();
        var scenario = Scenario.named("oom-bare-pod-down");
        var clock = new MovingClock(scenario.time());
        var loaded = Recording.of(new InMemoryTestCluster().load(scenario, clock), written::add);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        var acting = withRecord(written).getFirst();
        assertThat(KubernetesJson.json(acting)).contains("\\\"restartPolicy\\\"");

        new FolderArchive(folder).keep(acting);

        var kept = folder.resolve(acting.getMetadata().getNamespace())
                .resolve(acting.getMetadata().getName())
                .resolve("incident.yaml");
        assertThat(Files.readString(kept)).contains("intent:", "PodReplacement").doesNotContain("restartPolicy");
    }

    private static boolean hasAnAct(Scenario scenario) {
        return PARTS.stream().anyMatch(scenario.name()::contains);
    }

    private static List<Incident> withRecord(List<Incident> written) {
        return written.stream()
                .filter(incident -> incident.progress().hasBegun())
                .toList();
    }
}
