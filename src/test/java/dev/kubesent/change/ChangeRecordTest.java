package dev.kubesent.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.testing.cures.Changes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a change stands in an incident, and what is taken from there. */
class ChangeRecordTest {

    private static final ObjectRef WEB = new ObjectRef("apps/v1", "Deployment", "shop", "web", "u");
    private static final RevisionRef OLD = new RevisionRef("web-a", "a", 1);
    private static final RevisionRef NEW = new RevisionRef("web-b", "b", 2);

    private static List<PatchOperation> put(String path, String value) {
        return List.of(new PatchOperation.Put(path, TextNode.valueOf(value)));
    }

    private static TemplateRollback rollback(List<PatchOperation> operations) {
        var changes = List.of("app: env A changed");
        return new TemplateRollback(
                WEB, FailureKind.CrashLoopBackOff, "app", NEW, OLD, changes, operations, List.of(), "f");
    }

    private static TemplateEdit probe(List<PatchOperation> operations) {
        return new TemplateEdit(
                WEB,
                Permission.PROBE,
                FailureKind.CrashLoopBackOff,
                "app",
                NEW,
                "startupProbe",
                "",
                "what livenessProbe asks",
                operations,
                List.of(),
                "f");
    }

    @Test
    void the_record_of_a_rollback_holds_no_template() {
        var change = rollback(put("/spec/template", "hunter2"));

        assertThat(KubernetesJson.json(change)).doesNotContain("hunter2", "operations");
        assertThat(change.display() + change.patchYaml()).doesNotContain("hunter2");
        assertThat(Change.parse(KubernetesJson.json(change))).isEqualTo(rollback(List.of()));
    }

    @Test
    void a_forged_record_of_a_rollback_brings_no_template_along() {
        var forged = (ObjectNode) KubernetesJson.tree(rollback(List.of()));
        forged.putArray("operations")
                .addObject()
                .put("op", "add")
                .put("path", "/spec/template")
                .put("value", "mine");

        assertThat(Change.parse(forged.toString()).operations()).isEmpty();
    }

    @Test
    void what_a_probe_holds_is_neither_recorded_nor_shown() {
        var change = probe(put("/spec/template/spec/containers/0/startupProbe", "Bearer hunter2"));

        assertThat(KubernetesJson.json(change)).doesNotContain("hunter2");
        assertThat(change.display() + change.patchYaml() + change.purpose()).doesNotContain("hunter2");
        assertThat(Change.parse(KubernetesJson.json(change)).operations()).isEmpty();
    }

    /** Whoever may write incidents could put anything there; what suspends a Job is checked to the last operation. */
    @Test
    void a_record_of_a_suspension_that_does_anything_else_is_none_of_ours() {
        var suspend = new PatchOperation.Put(JobPatch.SUSPEND, BooleanNode.TRUE);
        var mark = new PatchOperation.Put(JobPatch.MARK_PATH, TextNode.valueOf("132Mi/2"));

        assertThat(job(suspend, mark).onlySuspends()).isTrue();
        assertThat(job(suspend, put("/spec/parallelism", "100").getFirst()).onlySuspends())
                .isFalse();
        assertThat(job(new PatchOperation.Put(JobPatch.SUSPEND, BooleanNode.FALSE))
                        .onlySuspends())
                .isFalse();
        assertThat(job(suspend, put(JobPatch.MARK_PATH, "1Gi/2").getFirst()).onlySuspends())
                .isFalse();
        assertThat(job(suspend, new PatchOperation.Remove("/metadata/annotations"))
                        .onlySuspends())
                .isFalse();
        assertThat(Change.parse(KubernetesJson.json(job(suspend, mark)))).isEqualTo(job(suspend, mark));
    }

    private static JobPatch job(PatchOperation... suspension) {
        return new JobPatch(
                new ObjectRef("batch/v1", "Job", "shop", "import", "u"),
                new MemoryRaise("app", Memory.ofMi(32), Memory.ofMi(132), false),
                "132Mi/2",
                List.of(suspension),
                List.of());
    }

    @Test
    void what_an_older_version_did_was_a_raise() {
        var older = """
            {"remedy": "TEMPLATE_PATCH", "target": {"apiVersion": "apps/v1", "kind": "Deployment", "namespace": "shop",
            "name": "web", "uid": "u"}, "raise": {"container": "app", "from": "32Mi", "to": "132Mi", "request": false},
            "operations": [], "template": ""}\
            """;

        assertThat(Change.kept(older))
                .isEqualTo(new TemplatePatch(
                        WEB,
                        new MemoryRaise("app", Memory.ofMi(32), Memory.ofMi(132), false),
                        List.of(),
                        List.of(),
                        "",
                        ""));
    }

    /** Each line stood in an incident of version 0.1 (841d37b9) as a scenario ended: what it made, and what it was about to make. */
    @Test
    void what_version_0_1_wrote_is_read_and_written_again_as_it_was() throws IOException {
        var lines = Files.readAllLines(Path.of("src/test/resources/change/made-by-0.1.jsonl"));
        var kinds = new TreeSet<String>();
        for (var line : lines) {
            var made = Change.kept(line);
            kinds.add(made.remedy());
            assertThat(json(made.kept())).isEqualTo(withoutEmpty(json(line)));
        }
        assertThat(kinds)
                .hasSize(8)
                .isSubsetOf(Changes.samples().map(Change::remedy).toList());

        var intents = Files.readAllLines(Path.of("src/test/resources/change/intended-by-0.1.jsonl"));
        assertThat(intents).hasSizeGreaterThanOrEqualTo(8).allSatisfy(line -> {
            var change = Change.parse(line);
            assertThat(json(KubernetesJson.json(change))).isEqualTo(json(line));
            assertThat(change.whyNotOurs()).isEmpty();
        });
    }

    /** It said of every raise that it had no template, and made no run, where it had and made none. */
    private static JsonNode withoutEmpty(JsonNode made) {
        var kept = (ObjectNode) made.deepCopy();
        Stream.of("template", "run")
                .filter(field -> made.path(field).asText().isEmpty()
                        && !made.path("remedy").asText().equals("TEMPLATE_PATCH"))
                .forEach(kept::remove);
        return kept;
    }

    private static JsonNode json(String text) throws IOException {
        return KubernetesJson.parseJson(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    @Test
    void what_was_made_is_read_back_as_what_it_was() {
        for (var change : Changes.samples().toList()) {
            var made = Change.kept(change.kept());

            assertThat(made).hasSameClassAs(change);
            assertThat(made.target()).isEqualTo(change.target());
            assertThat(made.memory()).isEqualTo(change.memory());
            assertThat(made.template()).isEqualTo(change.template());
            assertThat(made.cameFrom()).isEqualTo(change.cameFrom());
            assertThat(Change.kept(made.kept())).isEqualTo(made);
        }
    }

    @Test
    void of_what_was_made_nothing_is_kept_that_may_hold_a_password() {
        for (var change : Changes.samples().toList()) {
            assertThat(change.kept()).doesNotContain("manifest", "stuckPods", "suspension", "changes");
            assertThat(change.memory().isPresent() || !change.kept().contains("operations"))
                    .as(change.remedy())
                    .isTrue();
        }
    }

    @Test
    void another_container_another_amount_or_another_template_gives_a_revision_another_name() {
        var template = JsonNodeFactory.instance.objectNode();
        template.withObject("/metadata").put("name", "hello-v1");
        var name = NextRevisionName.of(template, raise("app", 132));

        assertThat(name).startsWith("hello-v1-kubesent-").hasSizeLessThanOrEqualTo(63);
        assertThat(NextRevisionName.of(template, raise("proxy", 132))).isNotEqualTo(name);
        template.withObject("/metadata").put("name", name);
        assertThat(NextRevisionName.of(template, raise("app", 264)))
                .startsWith("hello-v1-kubesent-")
                .isNotEqualTo(name)
                .hasSameSizeAs(name);
    }

    private static MemoryRaise raise(String container, int to) {
        return new MemoryRaise(container, Memory.ofMi(32), Memory.ofMi(to), false);
    }
}
