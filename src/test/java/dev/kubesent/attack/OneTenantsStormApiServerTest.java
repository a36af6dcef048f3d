package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Finding 6a, on a real API server as KubeSent's own account: eleven looping pods in one namespace, and healing in another goes on. By night: OneTenantsStormTest shows it in memory. */
@EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
@OnTheApiServer
class OneTenantsStormApiServerTest {

    private static final Clock CLOCK = Clock.systemUTC();

    private final Scenario tenant = Scenario.named("oom-deployment").suffixed("storm-a");
    private final Scenario other = Scenario.named("oom-deployment").suffixed("storm-b");

    @Test
    void a_deployment_of_another_namespace_is_healed_meanwhile() {
        var cluster = new ApiServerTestCluster();
        var storming = cluster.load(tenant, CLOCK);
        var loaded = cluster.load(other, CLOCK);
        var writes = new KubernetesWrites(ApiServer.required().kubesent());
        var ports = new Ports(
                ofBoth(new KubernetesReads(ApiServer.required().kubesent())),
                writes.dryRun(),
                writes,
                writes,
                loaded.ports().pause());
        var endpoint = ScenarioRun.endpoint(ports, CLOCK, "storm");
        for (int i = 0; i < 11; i++) {
            storming.stage().put(LoopingPod.yaml(tenant.namespace(), "looping-" + i, "failed"));
            assertThat(endpoint.answer(LoopingPod.reference(tenant.namespace(), "looping-" + i))
                            .status())
                    .isLessThan(300);
        }
        assertThat(incidents(tenant)).hasSize(11);

        assertThat(endpoint.answer(loaded.event()).status()).isLessThan(300);

        assertThat(incidents(other))
                .singleElement()
                .satisfies(incident -> assertThat(incident.progress().phase()).isEqualTo(Phase.Verifying));
    }

    /** Other tests' incidents fail on the same server, and are another cluster's. */
    private ClusterReader ofBoth(ClusterReader real) {
        return (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    try {
                        var result = method.invoke(real, arguments);
                        return result instanceof List<?> all
                                ? all.stream().filter(this::isOfBoth).toList()
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private boolean isOfBoth(Object one) {
        return !(one instanceof Incident incident)
                || List.of(tenant.namespace(), other.namespace())
                        .contains(incident.getMetadata().getNamespace());
    }

    private static List<Incident> incidents(Scenario scenario) {
        return ApiServer.required().incidents(scenario.namespace());
    }
}
