package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.FieldConflict;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fields KUBESENT_MANAGERS lets be changed, and whose next apply that would make fail. */
class AppliedByAnotherTest {

    private final Scenario scenario = Scenario.named("oom-deployment");
    private final MovingClock clock = new MovingClock(scenario.time());

    /** Helm 3 updates, Helm 4 applies; a controller that forces overwrites what it finds; kubectl is a person. */
    @ParameterizedTest
    @CsvSource({
        "helm, false, Verifying",
        "helm, true, Proposed",
        "ci, true, Proposed",
        "ci, false, Verifying",
        "kustomize-controller, true, Verifying",
        "argocd-controller, true, Verifying",
        "kubectl, true, Verifying",
        "kubesent, true, Verifying",
        "stranger, false, Proposed",
        "stranger, true, Proposed",
    })
    void who_applies_without_force_is_not_blocked(String manager, boolean isApplied, String phase) {
        assertThat(healed(manager, isApplied)).contains("phase: \"" + phase + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        helm | helm applies it server-side, and its next apply (helm upgrade) would fail with a conflict
        stranger | the field manager stranger sets it (KUBESENT_MANAGERS)
        """)
    void the_incident_says_why(String manager, String why) {
        assertThat(healed(manager, true).replaceAll("\\\\?\\s+\\\\?\\s*", " ")).contains(why);
    }

    private String healed(String manager, boolean isApplied) {
        var loaded = new InMemoryTestCluster().load(scenario, clock);
        var ports = loaded.ports();
        var asked = new Ports(
                ports.reader(),
                conflicting(ports.dryRun(), new FieldConflict(manager, isApplied, "limits.memory")),
                ports.records(),
                ports.writer(),
                ports.pause());
        var pipeline = new Pipeline(asked, policies(), _ -> {}, Work.beforeTheAnswer(), clock, "test");

        var _ = ScenarioRun.endpoint(pipeline, clock).answer(loaded.event());

        return ScenarioRun.end(loaded.inspector(), scenario.namespace());
    }

    private static DryRun conflicting(DryRun real, FieldConflict conflict) {
        return (DryRun) Proxy.newProxyInstance(
                DryRun.class.getClassLoader(),
                new Class<?>[] {DryRun.class},
                (_, method, arguments) ->
                        method.getName().equals("conflicts") ? List.of(conflict) : method.invoke(real, arguments));
    }

    private static Policies policies() {
        var usual = ScenarioRun.defaultPolicies();
        var gate = usual.gate();
        var managers = List.of("kubectl*", "helm", "ci", "kustomize-controller", "argocd-controller");
        return new Policies(
                new GatePolicy(
                        gate.mode(),
                        gate.confidence(),
                        gate.maximum(),
                        gate.fields(),
                        gate.allowed(),
                        managers,
                        gate.breakers(),
                        gate.ownNamespace()),
                usual.survival(),
                usual.retention(),
                usual.ask(),
                usual.tellsAcrossNamespaces());
    }
}
