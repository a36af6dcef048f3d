package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.PodReplacement;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.change.TemplateEdit;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.change.TemplateRollback;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * shared/reviews/security.md, 8: an approval was for a text. Of a probe or a rolled back template the text does not show all, so that two
 * changes could be told in the same words; and one change in other words was another. What an approval is for, as a number.
 */
class ApprovalOfTheExactChangeTest {

    private static final ObjectRef WEB = new ObjectRef("apps/v1", "Deployment", "shop", "web", "u");
    private static final RevisionRef OLD = new RevisionRef("web-a", "a", 1);
    private static final RevisionRef NEW = new RevisionRef("web-b", "b", 2);
    private static final MemoryRaise RAISE = new MemoryRaise("app", Memory.parse("32Mi"), Memory.parse("64Mi"), false);

    private static List<PatchOperation> put(String value) {
        return List.of(new PatchOperation.Put("/spec/template", TextNode.valueOf(value)));
    }

    private static Change rollback(List<PatchOperation> operations, String... told) {
        return new TemplateRollback(
                WEB, FailureKind.CrashLoopBackOff, "app", NEW, OLD, List.of(told), operations, List.of(), "f");
    }

    private static Change probe(List<PatchOperation> operations, String before, String after) {
        return new TemplateEdit(
                WEB,
                Permission.PROBE,
                FailureKind.CrashLoopBackOff,
                "app",
                NEW,
                "startupProbe",
                before,
                after,
                operations,
                List.of(),
                "f");
    }

    private static Change replacement(String image) {
        var manifest = KubernetesJson.parse(
                "kind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: app, image: '%s'}]}".formatted(image),
                Pod.class);
        return new PodReplacement(new ObjectRef("v1", "Pod", "shop", "p", "u"), RAISE, List.of(), manifest);
    }

    private static Change patch(ObjectRef target, List<PatchOperation> operations, String run) {
        return new TemplatePatch(target, RAISE, operations, List.of(), "f", run);
    }

    @Test
    void two_changes_that_are_told_in_the_same_words_are_two() {
        assertThat(rollback(put("good")).display())
                .isEqualTo(rollback(put("evil")).display());
        assertThat(rollback(put("good")).fingerprint())
                .isNotEqualTo(rollback(put("evil")).fingerprint());
        assertThat(probe(put("good"), "", "x").fingerprint())
                .isNotEqualTo(probe(put("evil"), "", "x").fingerprint());
        assertThat(replacement("app:1").display())
                .isEqualTo(replacement("evil:1").display());
        assertThat(replacement("app:1").fingerprint())
                .isNotEqualTo(replacement("evil:1").fingerprint());
    }

    @Test
    void one_change_that_is_told_in_other_words_is_one() {
        assertThat(rollback(put("good"), "app: image changed").display())
                .isNotEqualTo(
                        rollback(put("good"), "the image of app is another").display());
        assertThat(rollback(put("good"), "app: image changed").fingerprint())
                .isEqualTo(rollback(put("good"), "the image of app is another").fingerprint());
        assertThat(probe(put("good"), "none", "a start of 60 s").fingerprint())
                .isEqualTo(probe(put("good"), "", "60 s").fingerprint());
    }

    @Test
    void another_target_another_life_of_it_or_another_run_is_another_change() {
        var another = new ObjectRef("apps/v1", "Deployment", "shop", "web", "another-uid");

        assertThat(List.of(
                        patch(WEB, put("a"), "").fingerprint(),
                        patch(another, put("a"), "").fingerprint(),
                        patch(WEB, put("a"), "run-again").fingerprint(),
                        patch(WEB, put("b"), "").fingerprint()))
                .doesNotHaveDuplicates()
                .allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"));
    }

    /** An autoscaler would void each approval. */
    @Test
    void scaling_does_not_make_another_change_of_it_and_another_value_before_does() {
        assertThat(tested("/metadata/generation", LongNode.valueOf(1)).fingerprint())
                .isEqualTo(tested("/metadata/generation", LongNode.valueOf(2)).fingerprint());
        assertThat(tested("/spec/x", LongNode.valueOf(1)).fingerprint())
                .isNotEqualTo(tested("/spec/x", LongNode.valueOf(2)).fingerprint());
    }

    private static Change tested(String path, LongNode value) {
        return patch(WEB, List.of(new PatchOperation.Test(path, value), put("a").getFirst()), "");
    }
}
