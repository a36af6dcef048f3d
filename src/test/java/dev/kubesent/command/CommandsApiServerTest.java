package dev.kubesent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWord;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.EventPod;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person's commands on a real API server with KubeSent's policies, each as an ordinary user with no more rights than said. */
@OnTheApiServer
class CommandsApiServerTest {

    private static final AtomicInteger TURN = new AtomicInteger();

    private final ApiServer server = ApiServer.required();
    private final Person person = new Person();

    private Scenario scenario;
    private MovingClock clock;
    private TestCluster.Loaded loaded;

    @BeforeEach
    void aRaiseIsProposed() {
        scenario = Scenario.named("approved-suggestion").suffixed("said" + TURN.incrementAndGet());
        clock = new MovingClock(scenario.time());
        loaded = new ApiServerTestCluster().load(scenario, clock);
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        assertThat(incident().progress().phase()).isEqualTo(Phase.Proposed);
        allow("approver", "ClusterRole", "kubesent-approver");
        role("reader", "kubesent.dev", "incidents", "get", "list");
        role("tidier", "kubesent.dev", "incidents", "get", "list", "update", "patch");
    }

    @AfterEach
    void leave() {
        loaded.stage().leave();
    }

    @Test
    void who_may_approve_has_the_change_made() {
        assertThat(runs("approver", ApproveCommand::new, name()))
                .as(person.err())
                .isZero();
        told();

        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
        assertThat(Objects.requireNonNull(incident().progress().approval()).by())
                .isEqualTo("kubectl-kubesent");
    }

    @Test
    void who_may_only_change_incidents_may_reject_and_not_approve() {
        assertThat(runs("tidier", ApproveCommand::new, name())).isEqualTo(4);
        assertThat(person.err()).contains("needs the verb approve").contains("--clusterrole=kubesent-approver");

        assertThat(runs("tidier", RejectCommand::new, name(), "--because", "it is meant so"))
                .isZero();
        told();

        assertThat(incident().progress().phase()).isEqualTo(Phase.Refused);
        assertThat(Objects.requireNonNull(incident().progress().verdict()).reasons())
                .contains("REJECTED: it is meant so");
    }

    @Test
    void a_rejection_is_taken_back_by_whoever_may_approve_and_by_nobody_else() {
        assertThat(runs("tidier", RejectCommand::new, name(), "--because", "no"))
                .isZero();
        told();

        assertThat(runs("tidier", ApproveCommand::new, name())).isEqualTo(4);
        told();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Refused);

        assertThat(runs("approver", ApproveCommand::new, name()))
                .as(person.err())
                .isZero();
        told();
        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
        assertThat(incident().getSpec().rejected()).isNull();
    }

    @Test
    void kubesents_own_account_neither_approves_nor_takes_a_rejection_back() {
        assertThat(runs("tidier", RejectCommand::new, name(), "--because", "no"))
                .isZero();

        assertThat(runs(server.boundByPolicyOnly(), ApproveCommand::new, name()))
                .isEqualTo(4);

        assertThat(person.err()).contains("kubesent-");
        assertThat(incident().getSpec().approved()).isFalse();
        assertThat(incident().getSpec().rejected()).isEqualTo("no");
    }

    @Test
    void who_may_only_read_sees_it_and_decides_nothing() {
        assertThat(runs("reader", reach -> new IncidentsCommand(reach, clock))).isZero();
        assertThat(person.out()).contains(name()).contains("approve or reject");

        assertThat(runs("reader", RejectCommand::new, name(), "--because", "no"))
                .isEqualTo(4);
        assertThat(person.err())
                .contains("nothing was changed.")
                .contains("cannot patch resource \"incidents\"")
                .contains("To reject, you need the right to patch incidents.kubesent.dev");
        assertThat(runs("reader", reach -> new IncidentsCommand(reach, clock), "-A"))
                .isEqualTo(3);
    }

    @Test
    void who_may_nothing_is_told_so() {
        assertThat(runs("nobody", reach -> new IncidentsCommand(reach, clock))).isEqualTo(3);
        assertThat(runs("nobody", PauseCommand::new)).isEqualTo(4);

        assertThat(person.err())
                .contains("User \"nobody\" cannot list resource \"incidents\"")
                .contains("User \"nobody\" cannot patch resource \"configmaps\"")
                .contains("You need the right to get, create and patch ConfigMaps in namespace kubesent.");
    }

    @Test
    void a_cluster_that_gives_no_answer_is_said() {
        try (var nowhere = KubernetesConnection.open(new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1")
                .build())) {
            assertThat(runs(nowhere, ApproveCommand::new, "x")).isEqualTo(3);
        }
        assertThat(person.err()).contains("Is it the right kubeconfig (kubectl cluster-info)?");
    }

    @Test
    void a_pause_holds_what_is_approved_until_it_ends() {
        assertThat(runs(server.admin(), PauseCommand::new)).as(person.err()).isZero();
        assertThat(runs("approver", ApproveCommand::new, name())).isZero();
        told();
        assertThat(Objects.requireNonNull(incident().progress().verdict()).reasons())
                .contains("PAUSED: ConfigMap kubesent/kubesent says pause: true");

        assertThat(runs(server.admin(), ResumeCommand::new)).as(person.err()).isZero();
        told();
        clock.forward(Duration.ofMinutes(6));
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());

        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    @Test
    void who_may_change_a_workload_mutes_it_and_nobody_else() {
        role("owner", "apps", "deployments", "patch");
        assertThat(runs("reader", reach -> new MuteCommand(reach, clock), "deploy/web-oom", "--until", "1h"))
                .isEqualTo(4);
        assertThat(person.err()).contains("You need the right to patch that workload");

        assertThat(runs("owner", reach -> new MuteCommand(reach, clock), "deploy/web-oom", "--until", "1h"))
                .as(person.err())
                .isZero();
        assertThat(runs("approver", ApproveCommand::new, name())).isZero();
        told();
        assertThat(incident().progress().acts()).isEmpty();
        assertThat(Objects.requireNonNull(incident().progress().verdict()).reasons())
                .anyMatch(why -> why.startsWith("MUTED: Deployment/web-oom"));

        assertThat(runs("owner", UnmuteCommand::new, "deploy/web-oom"))
                .as(person.err())
                .isZero();
        clock.forward(Duration.ofMinutes(6));
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(loaded.event());
        assertThat(incident().progress().phase()).isEqualTo(Phase.Verifying);
    }

    private void told() {
        var _ = ScenarioRun.endpoint(loaded.ports(), clock, "one").answer(EventPod.update(incident()));
    }

    private int runs(String user, Function<Reach, Object> command, String... arguments) {
        try (var client =
                KubernetesConnection.open(new ConfigBuilder(server.admin().getConfiguration())
                        .withImpersonateUsername(user)
                        .withImpersonateGroups("system:authenticated")
                        .build())) {
            return runs(client, command, arguments);
        }
    }

    private int runs(KubernetesClient client, Function<Reach, Object> command, String... arguments) {
        Reach reach =
                () -> new Reach.Reached(new KubernetesReads(client), new KubernetesWord(client), scenario.namespace());
        return person.runs(command.apply(reach), arguments);
    }

    private void role(String user, String group, String resource, String... verbs) {
        server.admin()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(scenario.namespace())
                        .withName(user)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(group)
                        .withResources(resource)
                        .withVerbs(verbs)
                        .endRule()
                        .build())
                .create();
        allow(user, "Role", user);
    }

    private void allow(String user, String kind, String role) {
        server.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(scenario.namespace())
                        .withName("of-" + user)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", kind, role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, "")
                        .build())
                .create();
    }

    private Incident incident() {
        return server.incidents(scenario.namespace()).getFirst();
    }

    private String name() {
        return incident().getMetadata().getName();
    }
}
