package dev.kubesent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.ApprovalRecord;
import dev.kubesent.api.v1alpha1.Approver;
import dev.kubesent.api.v1alpha1.Condition;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Lease;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.api.v1alpha1.Seen;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.Golden;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IncidentCrdTest {

    private static final String HEADER =
            "# Generated from dev.kubesent.api.v1alpha1.Incident by IncidentCrdTest: GOLDEN=write ./mvnw test"
                    + " -Dtest=IncidentCrdTest\n";

    private static final List<String> COLUMNS = List.of("Workload", "Failure", "Cause", "Phase", "Confidence", "Age");

    @Test
    void the_crd_in_knative_is_the_one_of_the_java_types() throws IOException {
        Golden.assertMatches(Path.of("knative/base/100-incident-crd.yaml"), HEADER + generated());
    }

    @Test
    void its_hash_is_the_one_that_the_image_brings() throws IOException {
        var annotations = KubernetesJson.parse(generated(), CustomResourceDefinition.class)
                .getMetadata()
                .getAnnotations();

        Golden.assertMatches(Path.of("src/main/resources/incident/schema-hash"), annotations.get(Schema.HASH) + "\n");
    }

    @Test
    void words_that_only_explain_do_not_change_its_hash() throws IOException {
        var crd = KubernetesJson.parse(generated(), CustomResourceDefinition.class);
        var hash = CrdHash.of(crd);
        crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema().setDescription("other words");
        assertThat(CrdHash.of(crd)).isEqualTo(hash);

        crd.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .remove("status");
        assertThat(CrdHash.of(crd)).isNotEqualTo(hash);
    }

    @Test
    void it_is_namespaced_short_and_has_a_status_subresource() throws IOException {
        var crd = KubernetesJson.parse(generated(), CustomResourceDefinition.class);

        assertThat(crd.getSpec().getScope()).isEqualTo("Namespaced");
        assertThat(crd.getSpec().getNames().getShortNames()).containsExactly("inc");
        var version = crd.getSpec().getVersions().getFirst();
        assertThat(version.getName()).isEqualTo("v1alpha1");
        assertThat(version.getSubresources().getStatus()).isNotNull();
        assertThat(version.getAdditionalPrinterColumns())
                .extracting(c -> c.getName())
                .containsExactlyElementsOf(COLUMNS);
    }

    @Test
    void a_status_survives_being_written_and_read() {
        var at = Instant.parse("2026-11-23T02:56:34Z");
        var status = IncidentStatus.EMPTY
                .withSeen(new Seen(at, at, at, 2, "web-1", 3))
                .withLease(new Lease("me", at))
                .approved(new ApprovalRecord(
                        "kubectl-edit", List.of(new Approver("ada", List.of("sre"), "a diff")), at, 2, "a diff", false))
                .applied(
                        Phase.Verifying,
                        new ActRecord(Deed.RAISE, "32Mi", "132Mi", at, "{}", "8c1f", null),
                        new OutcomeRecord("done", "seen", at),
                        Duration.ofMinutes(10))
                .with(new Condition("Parked", "False", "AtWork", "", 3, at))
                .telling(at, "saw it");

        var json = KubernetesJson.json(status);

        assertThat(json).contains("\"2026-11-23T02:56:34Z\"");
        assertThat(KubernetesJson.parse(json, IncidentStatus.class)).isEqualTo(status);
    }

    /** An image that is rolled back to reads what a later one wrote. */
    @Test
    void what_a_later_version_adds_is_passed_over() {
        var status = KubernetesJson.parse("""
            phase: Verifying
            workload: Deployment/web
            later: 1
            seen: {first: '2026-11-23T02:56:34Z', last: '2026-11-23T02:56:34Z', begun: '2026-11-23T02:56:34Z', times: 1, pod: web-1, restarts: 3, later: 1}
            lease: {holder: me, until: '2026-11-23T02:56:34Z', later: 1}
            approval: {by: me, later: 1}
            diagnosis: {cause: X, later: 1}
            opinion: {note: x, later: 1}
            verdict: {decision: x, later: 1}
            intent: {remedy: x, later: 1}
            outcome: {detail: x, later: 1}
            conditions: [{type: Parked, status: 'False', later: 1}]
            survival: {seconds: 60, later: 1, before: [{kind: OOMKilled, container: side, later: 1}]}
            acts: [{deed: RAISE, from: 32Mi, to: 132Mi, at: '2026-11-23T02:56:34Z', later: 1}]
            """, IncidentStatus.class);

        assertThat(status.phase()).isEqualTo(Phase.Verifying);
        assertThat(status.acts()).hasSize(1);
        assertThat(Objects.requireNonNull(status.survival()).before())
                .containsExactly(new Fault(FailureKind.OOMKilled, "side"));
        var spec = "ownerKind: Deployment\nownerName: web\nrevision: a\ncontainer: app\nfailure: OOMKilled\nlater: 1\n";
        assertThat(KubernetesJson.parse(spec, IncidentSpec.class).ownerName()).isEqualTo("web");
    }

    @Test
    void what_is_looked_at_each_minute_and_waits_is_told_once() {
        var status = IncidentStatus.EMPTY.telling(Instant.EPOCH, "saw it");
        for (int minute = 0; minute < 60; minute++) {
            for (var line : List.of("taken over", "diagnosed", "refused: too soon")) {
                status = status.telling(Instant.EPOCH.plusSeconds(60L * minute), line);
            }
        }
        status = status.telling(Instant.EPOCH, "approved");

        assertThat(status.story())
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly("saw it", "taken over", "diagnosed", "refused: too soon", "approved");
    }

    @Test
    void a_story_never_outgrows_its_bound() {
        var status = IncidentStatus.EMPTY;
        for (int i = 0; i < 200; i++) {
            status = status.telling(Instant.EPOCH, "line " + i);
        }

        assertThat(status.story()).hasSize(60).last().asString().endsWith("line 199");
    }

    private static String generated() throws IOException {
        var out = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(Incident.class)
                .forCRDVersions(List.of("v1"))
                .withOutput(new CRDGenerator.AbstractCRDOutput<OutputStream>() {
                    @Override
                    protected OutputStream createStreamFor(String crdName) {
                        return out;
                    }
                })
                .generate();
        var crd = KubernetesJson.parse(out.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
        // The generator sorts the columns by name; kubectl shows them in the order they stand here.
        crd.getSpec()
                .getVersions()
                .forEach(version -> version.getAdditionalPrinterColumns()
                        .sort(Comparator.comparingInt(column -> COLUMNS.indexOf(column.getName()))));
        // The API server drops it, so that whoever applies server-side after another would be in conflict with him.
        crd.getSpec()
                .getVersions()
                .forEach(version -> version.getAdditionalPrinterColumns().forEach(column -> column.setPriority(null)));
        crd.getSpec().getNames().setCategories(List.of("kubesent"));
        crd.getSpec().getVersions().forEach(IncidentCrdTest::describe);
        crd.getMetadata().setAnnotations(Map.of(Schema.HASH, CrdHash.of(crd)));
        return KubernetesJson.yaml(crd);
    }

    private static void describe(CustomResourceDefinitionVersion version) {
        var schema = version.getSchema().getOpenAPIV3Schema();
        schema.setRequired(List.of("spec")); // what never changes cannot be taken out and put in again
        var fields = schema.getProperties();
        Descriptions.into(Objects.requireNonNull(fields.get("spec")), IncidentSpec.class);
        Descriptions.into(Objects.requireNonNull(fields.get("status")), IncidentStatus.class);
    }
}
