package dev.kubesent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.Golden;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentCrdTest {

    private static final String HEADER =
            "# Generated from dev.kubesent.incident.Incident by IncidentCrdTest: GOLDEN=write ./mvnw test -Dtest=IncidentCrdTest\n";

    private static final List<String> COLUMNS = List.of("Workload", "Failure", "Cause", "Phase", "Confidence", "Age");

    @Test
    void the_crd_in_knative_is_the_one_of_the_java_types() throws IOException {
        Golden.assertMatches(Path.of("knative/base/100-incident-crd.yaml"), HEADER + generated());
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
                .withLease(new IncidentStatus.Lease("me", at))
                .approved(new ApprovalRecord("kubectl-edit", at, 2, "a diff", false))
                .applied(
                        Phase.Verifying,
                        new ActRecord(Deed.RAISE, "32Mi", "132Mi", at, "{}", "8c1f", null),
                        new IncidentStatus.OutcomeRecord("done", "seen", at),
                        Duration.ofMinutes(10))
                .telling(at, "saw it");

        var json = KubernetesJson.json(status);

        assertThat(json).contains("\"2026-11-23T02:56:34Z\"");
        assertThat(KubernetesJson.parse(json, IncidentStatus.class)).isEqualTo(status);
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
        return KubernetesJson.yaml(crd);
    }
}
