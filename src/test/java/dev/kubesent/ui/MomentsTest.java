package dev.kubesent.ui;

import static dev.kubesent.ui.Moment.Stage.ACT;
import static dev.kubesent.ui.Moment.Stage.DIAGNOSED;
import static dev.kubesent.ui.Moment.Stage.GATE;
import static dev.kubesent.ui.Moment.Stage.SEEN;
import static dev.kubesent.ui.Moment.Stage.SURVIVED;
import static dev.kubesent.ui.Moment.Stage.TAKEN_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stories as the pipeline writes them: a sentence that is worded anew must be recognised anew. */
class MomentsTest {

    @Test
    void a_heal_is_seen_diagnosed_judged_made_and_survived() {
        assertThat(stages("verify-a-deployment-survives")).containsExactly(SEEN, DIAGNOSED, GATE, ACT, SURVIVED);
    }

    @Test
    void what_a_person_approved_is_judged_twice() {
        assertThat(stages("approved-suggestion"))
                .startsWith(SEEN, DIAGNOSED, GATE)
                .endsWith(GATE, ACT);
    }

    @Test
    void what_did_not_help_is_taken_back() {
        assertThat(stages("verify-a-deployment-is-raised-twice-then-taken-back"))
                .startsWith(SEEN, DIAGNOSED, GATE, ACT)
                .containsSubsequence(ACT, TAKEN_BACK);
    }

    @Test
    void a_refusal_ends_at_the_gate() {
        assertThat(stages("crash-exit-0")).containsExactly(SEEN, DIAGNOSED, GATE);
    }

    @Test
    void a_long_story_keeps_its_beginning_and_its_end() {
        var story = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            story.add("2026-11-29T10:00:%02dZ %s".formatted(i * 2, "saw OOMKilled " + i));
            story.add("2026-11-29T10:00:%02dZ %s".formatted(i * 2 + 1, "refused: because " + i));
        }
        story.add("no time at all");
        story.add("nonsense");

        var moments = Moments.of(told(story));

        assertThat(moments).hasSize(Moments.MOST);
        assertThat(moments.getFirst().text()).isEqualTo("saw OOMKilled 0");
        assertThat(moments.getLast().text()).isEqualTo("refused: because 19");
    }

    private static IncidentStatus told(List<String> story) {
        var tree = (ObjectNode) KubernetesJson.tree(Incidental.of("demo", "a", Phase.Refused));
        var lines = tree.withArray("/status/story").removeAll();
        story.forEach(lines::add);
        return KubernetesJson.as(tree, Incident.class).progress();
    }

    private static List<Moment.Stage> stages(String scenario) {
        return Moments.of(Incidental.of(scenario).progress()).stream()
                .map(Moment::stage)
                .toList();
    }
}
