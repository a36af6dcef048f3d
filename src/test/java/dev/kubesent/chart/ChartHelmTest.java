package dev.kubesent.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With its values, the chart gives a real Helm the same objects as kubectl makes of each overlay. */
class ChartHelmTest {

    private static final String CRD = "apiextensions.k8s.io/v1 CustomResourceDefinition /incidents.kubesent.dev";

    static Stream<Arguments> overlays() {
        var cases = helms().stream()
                .flatMap(helm -> Stream.concat(
                        Stream.of(Arguments.of(helm, "knative", List.of())),
                        Arrays.stream(Overlay.values())
                                .filter(Overlay::isInChart)
                                .map(overlay -> Arguments.of(helm, overlay.folder(), overlay.arguments()))))
                .toList();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(10);
        return cases.stream();
    }

    static List<Helm> helms() {
        var helms = Helm.all();
        Assumptions.assumeFalse(helms.isEmpty(), Helm.HOW_TO_GET_ONE);
        return helms;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void the_objects_are_those_of_the_kustomization(Helm helm, String kustomization, List<String> values)
            throws Exception {
        var expected = comparable(Manifests.of(kustomization));
        expected.keySet().removeIf(key -> key.startsWith("v1 Namespace "));

        var actual = comparable(rendered(helm, with(values, "-n", "kubesent")));

        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((key, object) -> assertThat(actual.get(key)).as(key).isEqualTo(object));
    }

    /** Only what the words "namespace" and "serviceaccount" say is taken for a namespace; the names of roles stay. */
    @ParameterizedTest
    @MethodSource("overlays")
    void in_another_namespace_nothing_names_the_usual_one(Helm helm, String kustomization, List<String> values)
            throws Exception {
        var elsewhere = rendered(helm, with(values, "-n", "elsewhere"));

        for (var object : elsewhere.objects().values()) {
            assertThat(object.findValuesAsText("namespace")).doesNotContain("kubesent");
            assertThat(object.toString()).doesNotContain("serviceaccount:kubesent:");
        }
        assertThat(elsewhere.objects().toString()).contains("elsewhere");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void helm_finds_nothing_to_complain_of(Helm helm, String kustomization, List<String> values) throws Exception {
        var result = helm.lint(values);

        assertThat(result.code()).as(kustomization + ": " + result.output()).isZero();
    }

    @ParameterizedTest
    @MethodSource("helms")
    void every_value_reaches_the_object_it_is_for(Helm helm) throws Exception {
        var text = rendered(helm, List.of("-n", "elsewhere", "-f", "src/test/resources/chart/every-value.yaml"))
                .objects()
                .toString();

        assertThat(text)
                .contains("\"image\":\"registry.example.com/kubesent@sha256:")
                .contains("\"imagePullPolicy\":\"Always\"", "\"imagePullSecrets\":[{\"name\":\"pull\"}]")
                .contains("\"resources\":{\"limits\":{\"memory\":\"512Mi\"}}", "\"priorityClassName\":\"high\"")
                .contains("\"schedule\":\"0 * * * *\"", "\"key\":\"k\",\"name\":\"mine\"")
                .contains("{\"name\":\"KUBESENT_MODE\",\"value\":\"heal\"}", "memory,restart", "\"4Gi\"")
                .contains(
                        "{\"name\":\"KUBESENT_BUDGET\",\"value\":\"5\"}",
                        "{\"name\":\"KUBESENT_PAUSE\",\"value\":\"true\"}")
                .contains(
                        "{\"name\":\"KUBESENT_GEMINI_PER_DAY\",\"value\":\"1000000\"}",
                        "{\"name\":\"GOOGLE_CLOUD_PROJECT\",\"value\":\"mine\"}")
                .contains("{\"name\":\"K_SINK\",\"value\":\"https://chat.example.com\"}")
                .contains("http://otel:4318/v1/metrics", "http://otel:4318/v1/traces", "grafana_dashboard")
                .contains("system:serviceaccount:elsewhere:kubesent-sweep-oidc-sources.knative.dev-pingsource")
                .doesNotContain("helm.sh/resource-policy");
        assertThat(text).contains("\"namespace\":\"one\"", "\"namespace\":\"two\"");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void the_watch_has_its_replicas_and_its_pod_monitor(Helm helm) throws Exception {
        var values = "shape=watch,replicas=2,monitoring.podMonitor=true,image.tag=v9";
        var text = rendered(helm, List.of("--set", values)).objects().toString();

        assertThat(text).contains("\"replicas\":2", "\"kind\":\"PodMonitor\"", "\"dev.local/kubesent:v9\"");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void the_alerts_are_those_of_knative_and_ask_for_the_namespace_of_the_release(Helm helm) throws Exception {
        var elsewhere = KubernetesJson.json(rule(helm, "elsewhere").path("spec"));

        assertThat(rule(helm, "kubesent"))
                .isEqualTo(KubernetesJson.parse(
                        Files.readString(Path.of("knative/observability/alerts.yaml")), JsonNode.class));
        assertThat(elsewhere)
                .contains("namespace=\\\"elsewhere\\\"", "-n elsewhere`", "{{ $labels.namespace }}")
                .doesNotContain("namespace=\\\"kubesent\\\"", "-n kubesent");
    }

    private static JsonNode rule(Helm helm, String namespace) throws Exception {
        return rendered(helm, List.of("--set", "monitoring.rules=true", "-n", namespace)).objects().values().stream()
                .filter(object -> object.path("kind").asText().equals("PrometheusRule"))
                .findFirst()
                .orElseThrow();
    }

    /** Values that do not go together, that do not exist, and that are misspelt: Helm says so before it touches anything. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shape=watch,oidc.enabled=true | nobody sends events
        shape=watch,sink.broker=true | needs Knative
        shape=watch,sourceBound=true | there is no source
        monitoring.podMonitor=true | cannot be scraped
        sink.broker=true,sink.url=http://x | both set
        sink.broker=true,oidc.enabled=true | carries no token
        sourceBound=true | name the namespaces
        shape=watch,clusterWide=true | no source
        namespaces={demo},sourceBound=true,clusterWide=true | cannot watch all of them
        namespaces={default} | never touches
        shape=plain | shape
        mode=observe | mode
        allow=memory\\,everything | allow
        maxMemory=lots | maxMemory
        maxMemory=1.2.3Gi | maxMemory
        namespaces={Demo} | namespaces
        namespaces={kube-system} | namespaces
        env.Kubesent_Mode=heal | Kubesent_Mode
        env.JAVA_TOOL_OPTIONS=-DKUBESENT_MODE=heal | JAVA_TOOL_OPTIONS
        replica=2 | replica
        settings.KUBESENT_BUGDET=5 | KUBESENT_BUGDET
        settings.KUBESENT_MODE=heal | KUBESENT_MODE
        env.KUBESENT_BUDGET=5 | KUBESENT_BUDGET
        env.GEMINI_API_KEY=x | GEMINI_API_KEY
        crds.kep=true | kep
        """)
    void what_makes_no_sense_is_refused(String values, String why) throws Exception {
        for (var helm : helms()) {
            var result = helm.template(List.of("--set", values));

            assertThat(result.code()).as(values).isNotZero();
            assertThat(result.output()).contains(why);
        }
    }

    private static Manifests rendered(Helm helm, List<String> arguments) throws Exception {
        var result = helm.template(arguments);
        assertThat(result.code()).as(result.output()).isZero();
        return Manifests.parse(result.output());
    }

    private static List<String> with(List<String> values, String... more) {
        var all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all;
    }

    /** The order of variables is no difference, nor is that Helm keeps the CRD, and starts the process anew with other bounds. */
    private static TreeMap<String, JsonNode> comparable(Manifests manifests) {
        var objects = new TreeMap<String, JsonNode>(manifests.objects());
        objects.values().forEach(object -> {
            sortVariables(object);
            without(object.at("/spec/template/metadata"), "checksum/bounds");
        });
        without(objects.get(CRD).path("metadata"), "helm.sh/resource-policy");
        return objects;
    }

    private static void without(JsonNode metadata, String annotation) {
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(annotation);
            if (annotations.isEmpty()) {
                ((ObjectNode) metadata).remove("annotations");
            }
        }
    }

    private static void sortVariables(JsonNode object) {
        if (object.at("/spec/template/spec/containers/0/env") instanceof ArrayNode env) {
            var sorted = StreamSupport.stream(env.spliterator(), false)
                    .sorted(Comparator.comparing(KubernetesJson::json))
                    .toList();
            env.removeAll().addAll(sorted);
        }
    }
}
