package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Selection;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real API server picks out, so that we need not. */
@OnTheApiServer
class ReadsApiServerTest {

    private static final String NAMESPACE = "reads";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.required();
        server.namespace(NAMESPACE);
        server.bind(NAMESPACE);
    }

    @Test
    void only_what_bears_all_of_the_labels_is_listed_over_all_pages() {
        for (int i = 0; i < 3; i++) {
            create("a-" + i, Map.of("app", "web", "track", "canary"));
        }
        create("b", Map.of("app", "web"));

        var listed = new KubernetesReads(server.admin())
                .list(ConfigMap.class, NAMESPACE, Map.of("app", "web", "track", "canary"));

        assertThat(listed).extracting(map -> map.getMetadata().getName()).containsExactly("a-0", "a-1", "a-2");
    }

    @Test
    void what_a_newer_version_wrote_hides_no_other_and_is_not_taken_for_nothing() {
        installNewerCrd();
        for (var failure : List.of("OOMKilled", "SomethingNewer")) {
            HasMetadata incident = KubernetesJson.parse(
                    """
                    apiVersion: kubesent.dev/v1alpha1
                    kind: Incident
                    metadata: {name: %s, namespace: %s}
                    spec: {ownerKind: ReplicaSet, ownerName: web-a, revision: a, container: app, failure: %s}
                    """.formatted(failure.toLowerCase(Locale.ROOT), NAMESPACE, failure),
                    GenericKubernetesResource.class);
            var _ = server.boundByPolicyOnly().resource(incident).create();
        }
        var reads = new KubernetesReads(server.admin());

        var page = reads.page(Incident.class, NAMESPACE, FieldSelector.ALL, 10, "");

        assertThat(page.items()).extracting(one -> one.getMetadata().getName()).containsExactly("oomkilled");
        assertThat(page.unreadable()).isEqualTo(1);
        assertThat(reads.readable(Incident.class, NAMESPACE, FieldSelector.ALL, 10))
                .hasSize(1);
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> reads.first(Incident.class, NAMESPACE, FieldSelector.ALL, 10))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.REJECTED))
                .withMessageContaining("newer version");
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> reads.get(Incident.class, NAMESPACE, "somethingnewer"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.REJECTED))
                .withMessageContaining("SomethingNewer");
    }

    @Test
    void what_pods_use_is_read_with_the_rights_of_the_function() {
        for (var pod : Map.of("web-1", "a", "web-2", "a", "db-1", "b").entrySet()) {
            HasMetadata sample = KubernetesJson.parse(
                    """
                    apiVersion: metrics.k8s.io/v1beta1
                    kind: PodMetrics
                    metadata:
                      name: %s
                      namespace: %s
                      labels: {pod-template-hash: %s}
                    timestamp: "2026-11-23T12:00:00Z"
                    window: 15s
                    containers:
                    - name: app
                      usage: {cpu: 1m, memory: 2048Ki}
                    """.formatted(pod.getKey(), NAMESPACE, pod.getValue()), GenericKubernetesResource.class);
            server.admin().resource(sample).create();
        }

        var metrics = new ArrayList<PodMetrics>();
        new KubernetesReads(server.kubesent())
                .podMetrics(
                        Selection.of(NAMESPACE).labelled(Map.of("pod-template-hash", "a")), Bound.of(10), metrics::add);

        assertThat(metrics).extracting(one -> one.getMetadata().getName()).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(metrics.getFirst().getContainers().getFirst().getUsage().get("memory"))
                .hasToString("2048Ki");
    }

    @Test
    void no_more_is_looked_at_than_the_bound_says_and_that_there_is_more_is_said() {
        IntStream.range(0, 230).forEach(i -> create("many-%03d".formatted(i), Map.of("of", "many")));
        var reads = new KubernetesReads(server.admin());
        var many = Selection.of(NAMESPACE).labelled(Map.of("of", "many"));

        assertThat(seen(reads, many, Bound.of(231))).hasSize(230);
        assertThat(seen(reads, many, Bound.of(229)))
                .hasSize(229)
                .startsWith("many-000", "many-001")
                .endsWith("many-228");
        assertThat(reads.each(ConfigMap.class, many, Bound.of(230), _ -> {})).isEqualTo(Extent.WHOLE);
        assertThat(reads.each(ConfigMap.class, many, Bound.of(229), _ -> {})).isEqualTo(Extent.CUT);
        assertThat(reads.each(ConfigMap.class, many, new Bound(230, 30_000), _ -> {}))
                .isEqualTo(Extent.CUT);
    }

    @Test
    void what_is_too_much_to_be_kept_whole_is_not_read_in_part() {
        IntStream.range(0, 6)
                .forEach(i -> create("large-" + i, Map.of("of", "large"), Map.of("text", "x".repeat(900_000))));
        var reads = new KubernetesReads(server.admin());

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> reads.list(ConfigMap.class, NAMESPACE, Map.of("of", "large")))
                .withMessageContaining("more than 1000 ConfigMaps, or 4 MiB")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.REJECTED));
    }

    /** etcd takes 1.5 MiB; a sweep must not hold a hundred of those. */
    @Test
    void a_page_of_large_pods_has_few_of_them() {
        IntStream.range(0, 14).forEach(ReadsApiServerTest::createLargePod);
        var reads = new KubernetesReads(server.admin());

        var sizes = new ArrayList<Integer>();
        var names = new ArrayList<String>();
        for (var next = ""; ; ) {
            var page = reads.podPage(NAMESPACE, next, _ -> true);
            sizes.add(page.pods().stream().mapToInt(pod -> pod.length).sum());
            page.pods().forEach(pod -> names.add(name(pod)));
            next = page.next();
            if (next.isEmpty()) {
                break;
            }
        }

        assertThat(names).hasSize(14).doesNotHaveDuplicates();
        assertThat(sizes).allMatch(size -> size <= 8 << 20);
    }

    private static String name(byte[] pod) {
        try {
            return KubernetesJson.parseJson(pod, Pod.class).getMetadata().getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createLargePod(int number) {
        server.admin()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("large-%02d".formatted(number))
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("app")
                        .withImage("app")
                        .withArgs("x".repeat(1_300_000))
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private static List<String> seen(KubernetesReads reads, Selection which, Bound most) {
        var names = new ArrayList<String>();
        reads.each(
                ConfigMap.class, which, most, map -> names.add(map.getMetadata().getName()));
        return names;
    }

    /** With a kind of failure that this version does not know. */
    private static void installNewerCrd() {
        server.admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("incidents.kubesent.dev")
                .patch(PatchContext.of(PatchType.JSON), """
                    [{"op": "add", "value": "SomethingNewer",
                      "path": "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/failure/enum/-"}]
                    """);
    }

    /** As soon as the API server has taken the new schema up: a request for each try. */
    private static void created(HasMetadata object) {
        for (int tries = 1; ; tries++) {
            try {
                server.admin().resource(object).create();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != 422 || tries == 2_000) {
                    throw e;
                }
            }
        }
    }

    private static void create(String name, Map<String, String> labels) {
        create(name, labels, Map.of());
    }

    private static void create(String name, Map<String, String> labels, Map<String, String> data) {
        server.admin()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withLabels(labels)
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }
}
