package dev.kubesent.testing.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file says of a cluster, beside what its base says. */
class ClusterFileTest {

    @Test
    void a_file_that_says_nothing_has_what_its_base_has() {
        assertThat(named("")).containsExactly("Namespace shop", "Node lab");
    }

    @Test
    void what_has_an_api_version_is_added_in_the_scenarios_namespace() {
        assertThat(named("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"))
                .containsExactly("Namespace shop", "Node lab", "ConfigMap shop/a");
    }

    @Test
    void another_namespace_is_said() {
        assertThat(named("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}}"))
                .endsWith("ConfigMap other/a");
    }

    @Test
    void what_has_none_says_what_differs() {
        var node = objects("# base: cluster\n"
                        + "{kind: Node, metadata: {name: lab}, status: {capacity: {pods: '3', cpu: null}}}")
                .getLast();

        assertThat(node.at("/apiVersion").asText()).isEqualTo("v1");
        assertThat(node.at("/status/capacity")).isEqualTo(json("{memory: 8Gi, pods: '3'}"));
        assertThat(node.at("/status/allocatable/cpu").asText()).isEqualTo("4");
    }

    @Test
    void an_object_of_the_base_can_be_gone() {
        assertThat(named("{kind: Node, metadata: {name: lab}, $patch: delete}")).containsExactly("Namespace shop");
    }

    @Test
    void a_file_without_a_base_has_what_stands_in_it() {
        assertThat(named("# base: none\n{apiVersion: v1, kind: Node, metadata: {name: lab}}"))
                .containsExactly("Node lab");
    }

    @Test
    void a_base_has_a_base() {
        assertThat(named("# base: cronjob"))
                .containsExactly("Namespace shop", "Node lab", "CronJob shop/import-nightly", "Job shop/import");
    }

    @Test
    void the_events_pod_comes_after_others_and_before_what_would_be_held_against_it() {
        var file = new ClusterFile("shop")
                .withBaseOf("", "cluster")
                .withEventPod((ObjectNode) json("{apiVersion: v1, kind: Pod, metadata: {name: event}}"))
                .with("""
                    kind: LimitRange
                    apiVersion: v1
                    metadata: {name: a}
                    ---
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: other}
                    ---
                    kind: Pod
                    metadata: {name: event}
                    spec: {nodeName: lab}
                    """);

        assertThat(file.objects().stream().skip(2).map(ClusterFileTest::name))
                .containsExactly("Pod shop/other", "Pod shop/event", "LimitRange shop/a");
        assertThat(json(file.objects().get(3)).at("/spec/nodeName").asText()).isEqualTo("lab");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {kind: Node, metadata: {name: lba}, spec: {unschedulable: true}}                | has no such object
        {kind: Node, metadata: {name: lba}, $patch: delete}                             | has no such object
        {apiVersion: v1, kind: Node, metadata: {name: lab}}                             | Write only what differs
        {kind: Node, metadata: {name: lab}, status: {capacity: {pods: '110'}}}          | differs in nothing
        """)
    void a_slip_is_told(String text, String complaint) {
        assertThatThrownBy(() -> objects(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {a: 1, b: 2}                        | {b: 3}                                | {a: 1, b: 3}
        {a: {b: 1, c: 2}}                   | {a: {b: null}}                        | {a: {c: 2}}
        {a: 1}                              | {a: {b: null, c: 2}}                  | {a: {c: 2}}
        {args: [a, b]}                      | {args: [c]}                           | {args: [c]}
        {containers: [{name: a, image: x}]} | {containers: [{name: a, image: y}]}   | {containers: [{name: a, image: y}]}
        {containers: [{name: a, image: x}]} | {containers: [{name: b}]}             | {containers: [{name: a, image: x}, {name: b}]}
        {conditions: [{type: a}, {type: b}]} | {conditions: [{type: a, $patch: delete}]} | {conditions: [{type: b}]}
        {conditions: [{type: a, status: b}]} | {conditions: [{type: a, status: c}]} | {conditions: [{type: a, status: c}]}
        {conditions: null}                  | {conditions: [{type: a}]}             | {conditions: [{type: a}]}
        """)
    void what_differs_is_laid_over_its_base(String base, String overlay, String result) {
        var object = (ObjectNode) json(base);
        Overlay.apply(object, (ObjectNode) json(overlay));

        assertThat(object).isEqualTo(json(result));
    }

    private static List<String> named(String text) {
        return objects(text).stream()
                .map(JsonNode::toString)
                .map(ClusterFileTest::name)
                .toList();
    }

    private static List<JsonNode> objects(String text) {
        return new ClusterFile("shop")
                .withBaseOf(text, "cluster").with("# YAML\n" + text).objects().stream()
                        .map(ClusterFileTest::json)
                        .toList();
    }

    private static String name(String object) {
        var tree = json(object);
        var namespace = tree.at("/metadata/namespace").asText();
        return tree.path("kind").asText() + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + tree.at("/metadata/name").asText();
    }

    private static JsonNode json(String yaml) {
        return KubernetesJson.parse(yaml.startsWith("{") ? "---\n" + yaml : yaml, JsonNode.class);
    }
}
