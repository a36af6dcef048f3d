package dev.kubesent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told again of a failure that goes on, and what is not. */
class FinishedTest {

    private static final ObjectRef POD = new ObjectRef("v1", "Pod", "shop", "web-1", "u");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same five minutes later              | OOMKilled | Refused  | a | 03:05 | | 03:00 | false
        the same in the next hour                | OOMKilled | Refused  | a | 04:05 | | 03:00 | true
        another change with the same reasons     | OOMKilled | Refused  | b | 03:05 | | 03:00 | true
        the answer to a person's word            | OOMKilled | Refused  | a | 03:05 | 03:04 | 03:00 | true
        a word that was answered before          | OOMKilled | Refused  | a | 03:05 | 02:59 | 03:00 | false
        a proposal of a pod as a whole, an hour later | NotReady | Proposed | a | 04:05 | | 03:00 | true
        a refusal of a pod as a whole, an hour later  | NotReady | Refused  | a | 04:05 | | 03:00 | false
        one that has no fix, an hour later            | NotReady | NoAutomaticFix | a | 04:05 | | 03:00 | false
        the same after it had ended in between   | Evicted   | Refused  | a | 04:05 | | 04:00 | true
        """)
    void what_is_news(
            String what,
            String failure,
            String phase,
            String change,
            String at,
            String said,
            String begun,
            boolean is) {
        var before = incident(failure, phase, "a", "03:00", "", "03:00");
        var after = incident(failure, phase, change, at, said == null ? "" : said, begun);

        assertThat(new Finished(after, POD, POD).isNews(before)).as(what).isEqualTo(is);
    }

    /** Else each incident that is open would be told once more after an update. */
    @ParameterizedTest
    @CsvSource({
        "Refused, NoAutomaticFix, false",
        "Proposed, Waiting, false",
        "Waiting, Proposed, true",
        "NoAutomaticFix, Refused, true"
    })
    void what_version_0_1_called_otherwise_is_no_news(String former, String now, boolean is) {
        var before = incident("OOMKilled", former, "a", "03:00", "", "03:00");
        var after = incident("OOMKilled", now, "a", "03:05", "", "03:00");

        assertThat(new Finished(after, POD, POD).isNews(before)).isEqualTo(is);
    }

    private static Incident incident(
            String failure, String phase, String change, String at, String said, String begun) {
        var approval = said.isEmpty()
                ? ""
                : "approval: {by: kubectl, at: '2026-11-23T%s:00Z', generation: 2, fingerprint: a, used: false}"
                        .formatted(said);
        return KubernetesJson.parse(
                """
                apiVersion: kubesent.dev/v1alpha1
                kind: Incident
                metadata: {name: x, namespace: shop}
                spec: {ownerKind: ReplicaSet, ownerName: web, revision: r, container: app, failure: %s}
                status:
                  phase: %s
                  seen: {first: '2026-11-23T01:00:00Z', since: '2026-11-23T%s:00Z', last: '2026-11-23T%s:00Z', times: 2, pod: web-1, restarts: 1}
                  verdict: {decision: %s, reasons: [x], fingerprint: %s, at: '2026-11-23T%s:00Z'}
                  %s
                """.formatted(failure, phase, begun, at, phase, change, at, approval), Incident.class);
    }
}
