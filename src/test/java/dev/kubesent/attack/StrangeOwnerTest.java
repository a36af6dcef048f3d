package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.evidence.OwnerReader;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Finding 4, of kinds that nobody knows: whoever creates a pod may write any owner into it, a megabyte long. The API server asks only that
 * nothing of it is empty.
 */
class StrangeOwnerTest {

    private static final String LONG = "a".repeat(1 << 20);

    private final OwnerReader owners = new OwnerReader(new InMemoryCluster(Clock.systemUTC()));

    static ObjectRef[] monsters() {
        return new ObjectRef[] {
            new ObjectRef("x/v1", "Foo", "shop", "web", LONG),
            new ObjectRef("x/v1", "Foo", "shop", LONG, "u"),
            new ObjectRef("x/v1", LONG, "shop", "web", "u"),
            new ObjectRef(LONG + "/v1", "Foo", "shop", "web", "u"),
            new ObjectRef("x/" + LONG, "Foo", "shop", "web", "u"),
            new ObjectRef("x/v1", "Foo", "shop", "web/log?x#", "u"),
            new ObjectRef("x/v1", "Foo", "shop", "web", "u\n2026-11-29 forged"),
        };
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void a_reference_that_cannot_be_one_names_no_incident_and_no_memory(ObjectRef monster) {
        var pod = controlledBy(monster);

        assertThat(owners.chain(pod).unproven()).isPresent();
        assertThat(owners.controller(pod)).isEmpty();
    }

    @Test
    void an_operators_pods_still_have_one_incident() {
        var operators = new ObjectRef("apps.kruise.io/v1alpha1", "CloneSet", "shop", "web", "6f0e-1");

        assertThat(owners.controller(controlledBy(operators))).contains(operators);
    }

    /** Its incidents are not to count as those of Kubernetes' Deployment of that name. */
    @Test
    void a_kind_of_the_same_name_is_told_apart() {
        assertThat(new ObjectRef("x/v1", "Deployment", "shop", "web", "u").display())
                .isEqualTo("Deployment.x/web");
        assertThat(new ObjectRef("v2", "Deployment", "shop", "web", "u").display())
                .isEqualTo("Deployment.v2/web");
        assertThat(new ObjectRef("apps/v1", "Deployment", "shop", "web", "u").display())
                .isEqualTo("Deployment/web");
        assertThat(new ObjectRef("argoproj.io/v1alpha1", "Rollout", "shop", "web", "u").display())
                .isEqualTo("Rollout/web");
    }

    private static Pod controlledBy(ObjectRef owner) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .withUid("p")
                .addNewOwnerReference()
                .withApiVersion(owner.apiVersion())
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }
}
