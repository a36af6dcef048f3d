package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.event.CloudEvent;
import dev.kubesent.event.IncidentEvents;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Sighting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Finding 1: a name in an event is a text of its sender. What is no name of Kubernetes is answered with 400, and leads nowhere. */
class ForgedNameTest {

    static final List<String> HOSTILE = List.of(
            "payments-0/log?tailLines=20#",
            "kubesent/configmaps/kubesent#",
            "..",
            ".",
            "a%2fb",
            "a/b",
            "x/status",
            "a?watch=true",
            "a#b",
            "a\nb",
            "a b",
            "a\\b",
            "-a",
            "a-",
            "a..b",
            "a.",
            "\u0000",
            "\u202Ea",
            "\u00e9",
            "a".repeat(300),
            "Upper");

    @TestFactory
    Stream<DynamicTest> a_sender_who_forges_a_name_is_told_so() {
        var tests = HOSTILE.stream()
                .flatMap(name -> Stream.of(
                        refused("a reference's name " + name, reference("web", name)),
                        refused("a reference's namespace " + name, reference(name, "web-0")),
                        refused("a pod's name " + name, resource("Pod", "v1", "web", name)),
                        refused("a pod's namespace " + name, resource("Pod", "v1", name, "web-0")),
                        refused("an incident's name " + name, incident("web", name)),
                        refused("an incident's namespace " + name, incident(name, "web-0"))))
                .toList();
        assertThat(tests).hasSizeGreaterThan(120);
        return tests.stream();
    }

    @Test
    void a_namespace_is_a_label_and_has_no_dots() {
        assertThat(PodEvents.sight(reference("a.b", "web-0"))).isInstanceOf(Sighting.Unusable.class);
        assertThat(PodEvents.sight(reference("a".repeat(64), "web-0"))).isInstanceOf(Sighting.Unusable.class);
    }

    @Test
    void every_name_that_kubernetes_gives_is_one() {
        for (var name :
                List.of("web-0", "a", "0", "kube-root-ca.crt", "a-b.c-d.e", "a".repeat(253), "web.17a1b2c3d4e5f607")) {
            assertThat(Name.parse(name)).as(name).isPresent();
        }
        for (var name : List.of("default", "kube-system", "0", "a".repeat(63))) {
            assertThat(Name.parseLabel(name)).as(name).isPresent();
        }
    }

    @Test
    void what_is_no_name_is_no_object_of_the_cluster_in_memory_either() {
        var cluster = new InMemoryCluster(Clock.systemUTC());
        for (var name : HOSTILE) {
            assertThat(cluster.get(Pod.class, "web", name)).isEmpty();
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> cluster.list(Pod.class, name))
                    .withMessageContaining("no name that Kubernetes gives");
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> cluster.create(new PodBuilder()
                            .withNewMetadata()
                            .withNamespace("web")
                            .withName(name)
                            .endMetadata()
                            .build()));
        }
    }

    private static DynamicTest refused(String what, CloudEvent event) {
        return dynamicTest(what, () -> {
            var sighting = IncidentEvents.concerns(event) ? IncidentEvents.sight(event) : PodEvents.sight(event);
            assertThat(sighting).isInstanceOf(Sighting.Unusable.class);
            var problem = ((Sighting.Unusable) sighting).problem();
            assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_A_NAME);
            assertThat(problem.kind().status()).isEqualTo(400);
            assertThat(problem.detail()).contains("DNS-1123").doesNotContain("payments");
        });
    }

    static CloudEvent reference(String namespace, String name) {
        return new CloudEvent(
                Map.of(
                        "specversion", "1.0",
                        "id", "1",
                        "source", "s",
                        "type", "dev.knative.apiserver.ref.update",
                        "kind", "Pod",
                        "namespace", namespace,
                        "name", name),
                "{}".getBytes(StandardCharsets.UTF_8),
                "");
    }

    private static CloudEvent incident(String namespace, String name) {
        return resource("Incident", "kubesent.dev/v1alpha1", namespace, name);
    }

    private static CloudEvent resource(String kind, String apiVersion, String namespace, String name) {
        return new CloudEvent(
                Map.of(
                        "specversion", "1.0",
                        "id", "1",
                        "source", "s",
                        "type", "dev.knative.apiserver.resource.update",
                        "kind", kind,
                        "apiversion", apiVersion),
                """
                {"kind": "%s", "spec": {"approved": true}, "metadata": {"uid": "1", "namespace": %s, "name": %s},
                 "status": {"containerStatuses": [{"restartCount": 3}]}}
                """.formatted(kind, quoted(namespace), quoted(name)).getBytes(StandardCharsets.UTF_8),
                "");
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
