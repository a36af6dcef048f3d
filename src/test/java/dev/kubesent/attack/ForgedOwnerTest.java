package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding 4 of shared/reviews/security.md: whoever may only create pods has a workload changed, or its healing stopped. */
class ForgedOwnerTest {

    Scenario scenario = new Scenario(Path.of("src/test/resources/attack/forged-owner"), "");
    private MovingClock clock = new MovingClock(scenario.time());
    TestCluster.Loaded loaded;
    private String before = "";

    TestCluster cluster() {
        return new InMemoryTestCluster();
    }

    /** As the tenant. @param manifest without a status */
    void create(String manifest) {
        loaded.stage().put(manifest);
    }

    @BeforeEach
    void load(TestInfo test) {
        scenario = scenario.suffixed(Integer.toHexString(test.getDisplayName().hashCode()));
        loaded = cluster().load(scenario, clock);
        before = workloads();
    }

    @AfterEach
    void leave() {
        if (loaded != null) { // else there is no API server
            loaded.stage().leave();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, web, 'app: web, pod-template-hash: bbb', registry.lab/shop/web:2.0, run, a Deployment does not"
                + " control a Pod directly",
        "ReplicaSet, web-bbb, 'app: web, pod-template-hash: bbb', attacker.example/hog:1, run, runs"
                + " attacker.example/hog:1",
        "ReplicaSet, web-bbb, 'app: web, pod-template-hash: bbb', registry.lab/shop/web:2.0, hog, has another command",
        "ReplicaSet, web-bbb, 'app: other, pod-template-hash: bbb', registry.lab/shop/web:2.0, run, does not select it",
        "StatefulSet, db, 'app: db', registry.lab/shop/db:1, run, it is not one of its ordinals",
    })
    void a_pod_that_names_an_owner_has_it_changed_in_nothing(
            String kind, String owner, String labels, String image, String command, String why) {
        forge("forged-x", kind, owner, labels, image, command, ForgedStatus.OOM_KILLED);

        sweep();

        assertThat(workloads()).isEqualTo(before);
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.progress().workload()).isEqualTo("Pod/forged-x");
            assertThat(incident.progress().phase()).isEqualTo(Phase.Refused);
            assertThat(String.join("\n", incident.progress().verdict().reasons()))
                    .contains("CONTROLLER_UNPROVEN")
                    .contains(why);
        });
        assertThat(loaded.inspector().get(io.fabric8.kubernetes.api.model.Pod.class, namespace(), "forged-x"))
                .as("it is no bare pod either")
                .get()
                .satisfies(pod ->
                        assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey("kubesent.dev/replaces"));
    }

    @Test
    void a_rollout_is_not_taken_back_for_pods_that_the_tenant_made() {
        forge(
                "forged-new",
                "Deployment",
                "web",
                "app: web, pod-template-hash: bbb",
                "registry.lab/nope:9",
                "run",
                ForgedStatus.NO_IMAGE);
        pod(
                "forged-old",
                "",
                "app: web, pod-template-hash: aaa",
                "attacker.example/sleeper:1",
                "run",
                ForgedStatus.READY);

        sweep();

        assertThat(workloads()).isEqualTo(before);
        assertThat(incidents()).hasSize(1);
    }

    @Test
    void a_replica_set_of_the_tenants_is_no_revision_to_go_back_to() {
        create(revision("web-evil", "evil", "2", "attacker.example/backdoor:1"));
        pod(
                "forged-old",
                "",
                "app: web, pod-template-hash: evil",
                "attacker.example/backdoor:1",
                "run",
                ForgedStatus.READY);
        // The newest revision really fails: it is as its ReplicaSet makes it.
        forge(
                "web-bbb-x1",
                "ReplicaSet",
                "web-bbb",
                "app: web, pod-template-hash: bbb",
                "registry.lab/shop/web:2.0",
                "",
                ForgedStatus.NO_IMAGE);

        sweep();

        assertThat(workloads()).isEqualTo(before);
        assertThat(incidents())
                .noneSatisfy(incident -> assertThat(incident.progress().acts()).isNotEmpty());
    }

    /** All that can be forged is right: name, label, selector, a number above all others, and a pod of it that lives. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_forged_revision_that_is_in_order_gives_no_right(boolean hasTheControllerSeenIt) {
        create(revision("web-ccc", "ccc", "3", "registry.lab/shop/web:1.9"));
        forge(
                "web-ccc-x1",
                "ReplicaSet",
                "web-ccc",
                "app: web, pod-template-hash: ccc",
                "registry.lab/shop/web:1.9",
                "",
                ForgedStatus.READY);
        if (hasTheControllerSeenIt) {
            // It takes the forged one for history, and gives its own the next number.
            number("Deployment", "web", "");
            number("ReplicaSet", "web-bbb", ", deployment.kubernetes.io/revision-history: '2'");
        }
        forge(
                "web-bbb-x1",
                "ReplicaSet",
                "web-bbb",
                "app: web, pod-template-hash: bbb",
                "registry.lab/shop/web:2.0",
                "",
                ForgedStatus.NO_IMAGE);

        sweep();

        assertThat(workloads()).isEqualTo(before);
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.progress().workload()).isEqualTo("Deployment/web");
            assertThat(incident.progress().acts()).isEmpty();
            if (hasTheControllerSeenIt) {
                assertThat(incident.progress().phase()).isEqualTo(Phase.Proposed);
                assertThat(String.join("\n", incident.progress().verdict().reasons()))
                        .contains("GAINS_RIGHTS", "hostPID", "hostPath", "cluster-admin-sa");
            } else {
                assertThat(incident.progress().phase()).isEqualTo(Phase.NoAutomaticFix);
            }
        });
    }

    private void number(String kind, String name, String history) {
        loaded.stage()
                .put(
                        "apiVersion: apps/v1\nkind: %s\nmetadata:\n  name: %s\n  namespace: %s\n  annotations: {deployment.kubernetes.io/revision: '4'%s}\n"
                                .formatted(kind, name, namespace(), history));
    }

    private String revision(String name, String hash, String number, String image) {
        try {
            return Files.readString(Path.of("src/test/resources/attack/forged-revision.yaml"))
                    .formatted(namespace(), name, hash, number, image, uid("Deployment", "web"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_incident_of_the_real_pod_is_not_settled_by_a_forged_one() {
        forge(
                "forged-x",
                "StatefulSet",
                "db",
                "app: db, controller-revision-hash: db-1",
                "registry.lab/shop/db:1",
                "",
                ForgedStatus.OOM_KILLED);
        sweep();
        forge(
                "db-0",
                "StatefulSet",
                "db",
                "app: db, controller-revision-hash: db-1",
                "registry.lab/shop/db:1",
                "",
                ForgedStatus.OOM_KILLED);

        sweep();

        assertThat(workloads()).contains("db 164Mi");
        assertThat(incidents())
                .filteredOn(incident -> incident.progress().workload().equals("StatefulSet/db"))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().phase()).isEqualTo(Phase.Verifying));
        assertThat(incidents()).hasSize(2);
    }

    private void forge(
            String name, String kind, String owner, String labels, String image, String command, String status) {
        var reference =
                "  - {apiVersion: apps/v1, kind: %s, name: %s, uid: %s, controller: true, blockOwnerDeletion: true}"
                        .formatted(kind, owner, uid(kind, owner));
        pod(
                name,
                "  ownerReferences:\n" + reference + "\n",
                labels,
                image,
                command.equals("run") ? "" : command,
                status);
    }

    private void pod(String name, String owners, String labels, String image, String command, String status) {
        var meta = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: %s\n  namespace: %s\n".formatted(name, namespace());
        create(meta + "  labels: {" + labels + "}\n" + owners + "spec:\n  nodeName: lab\n  containers:\n"
                + "  - name: app\n    image: " + image + "\n"
                + (command.isEmpty() ? "" : "    command: [" + command + "]\n")
                + "    resources: {limits: {memory: 64Mi}, requests: {memory: 32Mi}}\n");
        loaded.stage().put(meta + "status:\n" + status.indent(2));
    }

    private void sweep() {
        var _ = ScenarioRun.sweep(loaded.ports(), clock, "sweep").run();
    }

    String namespace() {
        return scenario.namespace();
    }

    private List<Incident> incidents() {
        return loaded.inspector().list(Incident.class, namespace());
    }

    private String uid(String kind, String name) {
        return loaded.inspector()
                .get(new ObjectRef("apps/v1", kind, namespace(), name, ""))
                .orElseThrow()
                .getMetadata()
                .getUid();
    }

    /** Their templates in short, and how often they were changed. */
    private String workloads() {
        var text = new StringBuilder();
        loaded.inspector()
                .list(Deployment.class, namespace())
                .forEach(one -> text.append(one.getSpec().getTemplate()));
        loaded.inspector().list(ReplicaSet.class, namespace()).stream()
                .filter(one -> !Set.of("web-evil", "web-ccc")
                        .contains(one.getMetadata().getName()))
                .forEach(one -> text.append(one.getSpec().getTemplate()));
        loaded.inspector()
                .list(StatefulSet.class, namespace())
                .forEach(one -> text.append("\ndb ")
                        .append(one.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getResources()
                                .getLimits()
                                .get("memory")));
        return text.toString();
    }
}
