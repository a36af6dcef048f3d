package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.incident.WorkloadIncidents;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {

    private static final JsonNode TEMPLATE =
            KubernetesJson.parse("{\"spec\":{\"containers\":[{\"name\":\"app\"}]}}", JsonNode.class);

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
        a cure that lived is proof,                          Deployment/web, Healed,     web, '',                     true
        one that is still watched is none,                   Deployment/web, Verifying,  web, '',                     false
        one that somebody changed again is none,             Deployment/web, Superseded, web, '',                     false
        one that did not help is none,                       Deployment/web, Failed,     web, '',                     false
        one that was taken back is none,                     Deployment/web, Healed,     web, 2026-11-23T02:58:00Z,   false
        another workload's is none,                          Deployment/api, Healed,     web, '',                     false
        another template's is none,                          Deployment/web, Healed,     api, '',                     false
        a record of an older version names no template,      Deployment/web, Healed,     '',  '',                     false
        one of a workload of that name that is gone is none, Deployment/web, Healed,     gone, '',                    false
        """)
    @DisplayName("an incident proves that a pod template lived")
    void what_an_incident_proves_of_a_template(
            String what, String workload, String phase, String image, String undone, boolean isProof) {
        var fingerprint = template(image);
        var incident = KubernetesJson.parse(
                """
                metadata: {name: web-app-oomkilled-1}
                spec: {ownerKind: Deployment, ownerName: web, revision: aaa, container: app, failure: OOMKilled}
                status:
                  phase: %s
                  workload: %s
                  outcome: {detail: it survives, verification: '', at: '2026-11-23T02:58:42Z'}
                  acts:
                  - {deed: RAISE, from: 32Mi, to: 132Mi, at: '2026-11-23T02:57:32Z', made: '{}', template: '%s'%s}
                """.formatted(phase, workload, fingerprint, undone.isEmpty() ? "" : ", undone: '" + undone + "'"),
                Incident.class);

        var history = History.of(new WorkloadIncidents("Deployment/web", List.of(incident)), other());

        assertThat(history.sawLive("u", TEMPLATE).isPresent()).isEqualTo(isProof);
    }

    private static Incident other() {
        return KubernetesJson.parse("metadata: {name: other}", Incident.class);
    }

    private static String template(String which) {
        return switch (which) {
            case "web" -> ActRecord.template("u", Fingerprint.of(TEMPLATE));
            case "api" -> ActRecord.template("u", Fingerprint.of(TEMPLATE.path("spec")));
            case "gone" -> ActRecord.template("v", Fingerprint.of(TEMPLATE));
            default -> which;
        };
    }
}
