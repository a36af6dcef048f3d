package dev.kubesent.ui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;

/** Incidents for the page's tests: written by hand, or what comes of a scenario. */
final class Incidental {

    static final String FINGERPRINT = "ab".repeat(32);

    private Incidental() {}

    static Incident of(String namespace, String name, Phase phase) {
        return of(namespace, name, phase, "LOG: plain text", "2026-11-29T10:00:00Z");
    }

    /** @param evidence one line of it, of anybody's */
    static Incident of(String namespace, String name, Phase phase, String evidence, String seen) {
        var incident = KubernetesJson.parse("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {namespace: %1$s, name: %2$s, creationTimestamp: "%4$s"}
            spec: {ownerKind: ReplicaSet, ownerName: web-1, revision: "1", container: app, failure: OOMKilled}
            status:
              phase: %3$s
              workload: Deployment/web
              seen: {first: "%4$s", since: "%4$s", last: "%4$s", times: 1, pod: web-1-x, restarts: 2}
              diagnosis: {cause: MEMORY_LIMIT_TOO_LOW, confidence: 95, explanation: too little, rule: R, action: RaiseMemory}
              verdict: {decision: %3$s, reasons: ["SUGGEST_ONLY: mode"], change: "- 32Mi\\n+ 64Mi", patch: "a: b", fingerprint: %5$s, at: "%4$s"}
              story: ["%4$s saw OOMKilled in container app"]
            """.formatted(namespace, name, phase, seen, FINGERPRINT), Incident.class);
        var tree = (ObjectNode) KubernetesJson.tree(incident);
        tree.withArray("/status/diagnosis/evidence").add(evidence);
        return KubernetesJson.as(tree, Incident.class);
    }

    /** What a scenario comes to. */
    static Incident of(String scenario) {
        return all(scenario).getFirst();
    }

    static List<Incident> all(String name) {
        var scenario = Scenario.named(name);
        var seen = new ArrayList<TestCluster.Loaded>();
        var _ = ScenarioRun.of(scenario, (of, clock) -> {
            var loaded = new InMemoryTestCluster().load(of, clock);
            seen.add(loaded);
            return loaded;
        });
        return seen.getFirst().inspector().list(Incident.class, scenario.namespace());
    }
}
