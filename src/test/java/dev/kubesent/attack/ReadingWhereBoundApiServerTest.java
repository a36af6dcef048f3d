package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * shared/reviews/security.md, "RBAC judged": KubeSent's account could read pods, with their variables, and logs of every namespace, kube-system
 * too. What it does in one that has the label and binds nothing, or binds less.
 */
@OnTheApiServer
class ReadingWhereBoundApiServerTest {

    private final ApiServer server = ApiServer.required();

    private static final AtomicInteger TURN = new AtomicInteger();

    private MovingClock clock;
    private TestCluster.Loaded loaded;
    private String namespace;

    @BeforeEach
    void aDeploymentThatIsOutOfMemory() {
        load("oom-deployment");
    }

    private void load(String name) {
        var scenario = Scenario.named(name).suffixed("bound" + TURN.incrementAndGet());
        clock = new MovingClock(scenario.time());
        loaded = new ApiServerTestCluster().load(scenario, clock);
        namespace = scenario.namespace();
    }

    @AfterEach
    void leave() {
        loaded.stage().leave();
    }

    @Test
    void without_a_binding_no_pod_is_read_and_no_log() {
        bind();
        var reads = new KubernetesReads(server.kubesent());

        forbidden(() -> reads.get(Pod.class, namespace, "any"));
        forbidden(() -> reads.podPage(namespace, "", _ -> true));
        forbidden(() -> reads.podPage("", "", _ -> true));
        forbidden(() -> reads.podPage("kube-public", "", _ -> true)); // a scenario of the same server binds kube-system
        for (Class<? extends HasMetadata> type :
                List.of(Event.class, ReplicaSet.class, ControllerRevision.class, Job.class)) {
            forbidden(() -> reads.list(type, namespace));
        }
        forbidden(() -> reads.log(new ContainerLog(namespace, "any", "app", ContainerLog.Run.CURRENT, 50)));
    }

    @Test
    void an_event_and_a_sweep_of_a_namespace_without_a_binding_cost_nobody_else_anything() {
        bind();

        var answer = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        var swept = ScenarioRun.sweep(loaded.ports(), clock, "later").run();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(swept.pods()).isZero();
        assertThat(incidents()).isEmpty();
    }

    @Test
    void who_may_only_read_and_record_proposes_and_says_which_right_is_missing() {
        bind("kubesent-reading", "kubesent-records");

        var answer = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(incident().phase()).isEqualTo(Phase.Proposed);
        assertThat(incident().verdict().change()).contains("resources.limits.memory");
        assertThat(incident().verdict().reasons())
                .singleElement()
                .asString()
                .startsWith("RIGHT_MISSING: ")
                .contains("cannot patch resource \"deployments\"");
    }

    /** Each with the reading, the records, and the one role that is for it. */
    @ParameterizedTest
    @CsvSource({
        "oom-deployment, kubesent-healer-template",
        "oom-bare-pod-running-again, kubesent-healer-resize",
        "oom-job-suspended-and-resumed, kubesent-healer-jobs",
        "ksvc-next-revision-lives, kubesent-healer-knative",
        "oom-bare-pod-down, kubesent-healer-replace",
        "restart-one-of-three-where-allowed, kubesent-healer-evict"
    })
    void one_act_needs_one_role(String scenario, String role) {
        assertThat(judged(scenario, "kubesent-reading", "kubesent-records")
                        .verdict()
                        .reasons())
                .anyMatch(reason -> reason.startsWith("RIGHT_MISSING"));

        var with = judged(scenario, "kubesent-reading", "kubesent-records", role);

        assertThat(with.verdict().reasons()).noneMatch(reason -> reason.startsWith("RIGHT_MISSING"));
        assertThat(with.phase()).isIn(Phase.Verifying, Phase.Waiting); // a restart is given time
    }

    private IncidentStatus judged(String scenario, String... roles) {
        loaded.stage().leave();
        load(scenario);
        bind(roles);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        return incident();
    }

    private List<Incident> incidents() {
        return server.incidents(namespace);
    }

    private IncidentStatus incident() {
        return incidents().getFirst().progress();
    }

    /** Nothing else is. */
    private void bind(String... roles) {
        server.admin().rbac().roleBindings().inNamespace(namespace).delete();
        for (var role : roles) {
            server.admin()
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(role)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                            .addNewSubject("", "ServiceAccount", "kubesent", "kubesent")
                            .build())
                    .create();
        }
    }

    private static void forbidden(Runnable read) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(read::run)
                .matches(ClusterException::isForWantOfARight);
    }
}
