package dev.kubesent.evidence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding 4c of shared/reviews/security.md: a ReplicaSet that somebody else has made is no revision of a Deployment. */
class KeptRevisionTest {

    private static final String FIRST = "2026-11-20T10:00:00Z";
    private static final String SECOND = "2026-11-21T10:00:00Z";

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());
    private final GenericKubernetesResource web = KubernetesJson.parse("""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: demo, uid: d-1, annotations: {deployment.kubernetes.io/revision: '2'}}
        spec: {selector: {matchLabels: {app: web}}}
        """, GenericKubernetesResource.class);

    @Test
    void what_the_controller_made_counts() {
        load("web-aaa", "aaa", "1", FIRST, "true", "d-1", "app: web");
        load("web-bbb", "bbb", "2", SECOND, "true", "d-1", "app: web");

        assertThat(names()).containsExactlyInAnyOrder("web-aaa", "web-bbb");
    }

    @Test
    void one_that_was_gone_back_to_is_older_than_what_came_before_it() {
        load("web-aaa", "aaa", "2", FIRST, "true", "d-1", "app: web", "'1'");
        load("web-bbb", "bbb", "1", SECOND, "true", "d-1", "app: web");

        assertThat(names()).containsExactlyInAnyOrder("web-aaa", "web-bbb");
    }

    @ParameterizedTest
    @CsvSource({
        "web-evil, evil, 1, 2026-11-22T10:00:00Z, true,  d-1,   app: web, a lower number than an older one",
        "web-evil, evil, 2, 2026-11-22T10:00:00Z, true,  d-1,   app: web, the number of another",
        "web-evil, evil, 3, 2026-11-22T10:00:00Z, true,  d-1,   app: web, a number above the Deployment's own",
        "web-evil, evil, 0, 2026-11-19T10:00:00Z, true,  d-1,   app: web, no number",
        "web-evil, evil, x, 2026-11-19T10:00:00Z, true,  d-1,   app: web, a number that is none",
        "evil-web, evil, 1, 2026-11-19T10:00:00Z, true,  d-1,   app: web, another name",
        "web-evil, ccc,  1, 2026-11-19T10:00:00Z, true,  d-1,   app: web, another hash than in its name",
        "web-evil, evil, 1, 2026-11-19T10:00:00Z, false, d-1,   app: web, an owner that is no controller",
        "web-evil, evil, 1, 2026-11-19T10:00:00Z, true,  other, app: web, another owner",
        "web-evil, evil, 1, 2026-11-19T10:00:00Z, true,  d-1,   app: api, a template without the labels of the selector"
    })
    void what_somebody_else_made_does_not(
            String name, String hash, String number, String made, String controller, String owner, String labels) {
        load("web-bbb", "bbb", "2", SECOND, "true", "d-1", "app: web");
        load(name, hash, number, made, controller, owner, labels);

        assertThat(names()).containsExactly("web-bbb");
    }

    /** A Deployment's selector cannot be changed, and its controller copies it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "matchLabels: {app: web, tier: x, pod-template-hash: aaa}",
                "matchLabels: {pod-template-hash: aaa}",
                "matchLabels: {app: web, pod-template-hash: aaa}, matchExpressions: [{key: tier, operator: Exists}]"
            })
    void what_selects_otherwise_than_the_deployment_does_not(String selector) {
        cluster.load(KubernetesJson.parse(
                manifest("web-aaa", "aaa", "1", FIRST, "true", "d-1", "app: web, tier: x", "")
                        .replace("matchLabels: {app: web, pod-template-hash: aaa}", selector),
                GenericKubernetesResource.class));

        assertThat(names()).isEmpty();
    }

    private void load(
            String name, String hash, String number, String made, String controller, String owner, String labels) {
        load(name, hash, number, made, controller, owner, labels, "");
    }

    private void load(
            String name,
            String hash,
            String number,
            String made,
            String controller,
            String owner,
            String labels,
            String before) {
        cluster.load(KubernetesJson.parse(
                manifest(name, hash, number, made, controller, owner, labels, before),
                GenericKubernetesResource.class));
    }

    private static String manifest(
            String name,
            String hash,
            String number,
            String made,
            String controller,
            String owner,
            String labels,
            String before) {
        return """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: %1$s
              namespace: demo
              uid: %1$s
              creationTimestamp: '%4$s'
              labels: {app: web, pod-template-hash: %2$s}
              annotations: {deployment.kubernetes.io/revision: '%3$s'%8$s}
              ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: %6$s, controller: %5$s}]
            spec:
              selector: {matchLabels: {app: web, pod-template-hash: %2$s}}
              template:
                metadata: {labels: {%7$s, pod-template-hash: %2$s}}
                spec: {containers: [{name: app, image: x}]}
            """.formatted(
                        name,
                        hash,
                        number,
                        made,
                        controller,
                        owner,
                        labels,
                        before.isEmpty() ? "" : ", deployment.kubernetes.io/revision-history: " + before);
    }

    private List<String> names() {
        return KeptRevision.all(cluster, web).stream().map(KeptRevision::name).toList();
    }
}
