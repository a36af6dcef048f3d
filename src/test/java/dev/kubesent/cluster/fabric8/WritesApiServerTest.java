package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a dry run and a precondition are on a real API server. A dry run that is none would be the worst defect of all. */
@OnTheApiServer
class WritesApiServerTest {

    private static final String NAMESPACE = "writes";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.required();
        server.namespace(NAMESPACE);
    }

    @Test
    void a_list_has_what_is_there_and_a_count_counts_it(TestInfo test) {
        var pod = create(test);
        var reads = new KubernetesReads(server.admin());

        assertThat(reads.list(Pod.class, NAMESPACE))
                .extracting(p -> p.getMetadata().getName())
                .contains(name(pod));
        var everywhere = new ArrayList<String>(); // other tests leave thousands
        reads.each(
                Pod.class,
                Selection.of(""),
                Bound.of(20_000),
                p -> everywhere.add(p.getMetadata().getName()));
        assertThat(everywhere).contains(name(pod));
        assertThat(reads.podPage(NAMESPACE, "", _ -> true).pods())
                .anyMatch(json -> new String(json, StandardCharsets.UTF_8).contains("\"" + name(pod) + "\""));
        assertThat(reads.count(Deployment.class, NAMESPACE)).isZero();
        assertThat(reads.list(Incident.class, NAMESPACE)).isEmpty();
        assertThat(reads.list("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", NAMESPACE))
                .isEmpty();
        assertThat(new KubernetesReads(server.admin()).list("not.installed/v1", "Anything", NAMESPACE))
                .isEmpty();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    @Test
    void a_dry_run_of_a_delete_deletes_nothing(TestInfo test) {
        var pod = create(test);

        writes().dryRun().delete(ObjectRef.of(pod));

        assertThat(live(pod).getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void a_dry_run_of_a_create_creates_nothing_and_tells_what_it_would_be() {
        var made = writes().dryRun().create(pod("never"));

        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThat(server.admin()
                        .pods()
                        .inNamespace(NAMESPACE)
                        .withName("never")
                        .get())
                .isNull();
    }

    @Test
    void a_dry_run_of_a_resize_changes_nothing(TestInfo test) {
        var pod = create(test);

        writes().dryRun().patch(ObjectRef.of(pod), Subresource.RESIZE, raise("64Mi"));

        assertThat(live(pod).getSpec()).isEqualTo(pod.getSpec());
    }

    @Test
    void another_pod_of_the_same_name_is_not_deleted(TestInfo test) {
        var pod = create(test);
        var ref = ObjectRef.of(pod);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> writes().delete(new ObjectRef(
                        ref.apiVersion(),
                        ref.kind(),
                        ref.namespace(),
                        ref.name(),
                        "00000000-0000-0000-0000-000000000000")))
                .matches(e -> e.kind() == Kind.CONFLICT);
        assertThat(live(pod).getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void a_patch_whose_test_does_not_hold_is_refused_whole(TestInfo test) {
        var pod = create(test);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> writes().patch(
                                ObjectRef.of(pod),
                                Subresource.RESIZE,
                                List.of(
                                        new PatchOperation.Test(
                                                "/spec/containers/0/resources/limits/memory", TextNode.valueOf("31Mi")),
                                        raise("64Mi").getFirst())))
                .matches(e -> e.kind() == Kind.REJECTED);
        assertThat(live(pod).getSpec()).isEqualTo(pod.getSpec());
    }

    @Test
    void a_workload_is_no_record(TestInfo test) {
        var pod = create(test);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> writes().replaceStatus(pod))
                .matches(e -> e.kind() == Kind.REJECTED);
    }

    private static KubernetesWrites writes() {
        return new KubernetesWrites(server.admin());
    }

    private static List<PatchOperation> raise(String to) {
        return List.of(new PatchOperation.Put("/spec/containers/0/resources/limits/memory", TextNode.valueOf(to)));
    }

    private static Pod create(TestInfo test) {
        return writes().create(pod(test.getTestMethod().orElseThrow().getName().replace('_', '-')));
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("lab") // bound, so that a deletion is graceful
                .addNewContainer()
                .withName("app")
                .withImage("app")
                .withNewResources()
                .addToLimits("memory", new Quantity("32Mi"))
                .addToRequests("memory", new Quantity("16Mi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod live(Pod pod) {
        return server.admin()
                .pods()
                .inNamespace(NAMESPACE)
                .withName(pod.getMetadata().getName())
                .get();
    }
}
