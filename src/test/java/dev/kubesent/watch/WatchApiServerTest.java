package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Watched;
import dev.kubesent.cluster.fabric8.KubernetesWatches;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.OnTheApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A watch of a real API server, with the rights of knative/overlays/plain. */
@OnTheApiServer
class WatchApiServerTest {

    private static final String NAMESPACE = "watched";
    private static AutoCloseable rights = () -> {};

    private final ClusterWatcher watcher =
            new KubernetesWatches(ApiServer.required().kubesent());

    @BeforeAll
    static void prepare() throws Exception {
        var admin = ApiServer.required().admin();
        rights = ApiServer.required().allowToWatch();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void forbid() throws Exception {
        rights.close();
    }

    @Test
    void it_tells_what_was_written_after_a_version_and_goes_on_from_any_line() {
        var version = watcher.version(Watched.PODS);
        var pod = ApiServer.required().admin().resource(pod("one")).create();
        ApiServer.required().admin().resource(pod).edit(WatchApiServerTest::labelled);
        ApiServer.required().admin().resource(pod).withGracePeriod(0).delete();

        var all = changes(version, "one");

        assertThat(all).extracting(Change::type).startsWith(Change.Type.ADDED, Change.Type.MODIFIED);
        assertThat(new String(all.getFirst().object(), StandardCharsets.UTF_8)).startsWith("{\"kind\":\"Pod\"");
        assertThat(changes(all.getFirst().version(), "one"))
                .extracting(Change::version)
                .containsExactlyElementsOf(
                        all.stream().skip(1).map(Change::version).toList());
    }

    @Test
    void without_the_right_it_is_refused_as_such() {
        var config = new ConfigBuilder(ApiServer.required().admin().getConfiguration())
                .withImpersonateUsername("system:serviceaccount:kubesent:nobody")
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            var other = new KubernetesWatches(client);

            for (var what : Watched.values()) {
                assertThat(catchThrowableOfType(ClusterException.class, () -> other.version(what))
                                .isForWantOfARight())
                        .isTrue();
                assertThat(catchThrowableOfType(ClusterException.class, () -> other.watch(what, "7"))
                                .isForWantOfARight())
                        .isTrue();
            }
        }
    }

    @Test
    void incidents_are_watched_as_well() {
        var version = watcher.version(Watched.INCIDENTS);

        try (var changes = watcher.watch(Watched.INCIDENTS, version)) {
            assertThat(changes).isNotNull();
        }
    }

    /** All of this pod, until it is gone. */
    private List<Change> changes(String version, String pod) {
        var all = new ArrayList<Change>();
        try (var changes = watcher.watch(Watched.PODS, version)) {
            while (all.isEmpty() || all.getLast().type() != Change.Type.DELETED) {
                var change = changes.next().orElseThrow();
                if (new String(change.object(), StandardCharsets.UTF_8).contains("\"name\":\"" + pod + "\"")) {
                    all.add(change);
                }
            }
        }
        return all;
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("localhost/app:1.0")
                .endContainer()
                .withAutomountServiceAccountToken(false)
                .endSpec()
                .build();
    }

    private static Pod labelled(Pod pod) {
        pod.getMetadata().setLabels(Map.of("a", "b"));
        return pod;
    }
}
