package dev.kubesent.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The gate a second time, in the API server: knative/base has the policies that the gate's own rules make. */
class AdmissionPolicyTest {

    private static final Path FILE = Path.of("knative/base/260-admission.yaml");
    private static final String HEADER = """
        # Generated from the rules of dev.kubesent.gate by AdmissionPolicyTest: GOLDEN=write ./mvnw test -Dtest=AdmissionPolicyTest
        # The gate a second time, in the API server (docs/decisions/0074): for who has KubeSent's token, and not its code.
        """;

    static List<Policy> policies() {
        return List.of(AccountPolicy.policy(), WorkloadPolicy.policy(), PodPolicy.policy(), IncidentPolicy.policy());
    }

    @Test
    void the_policies_in_knative_are_those_of_the_gates_rules() {
        Golden.assertMatches(
                FILE, HEADER + policies().stream().map(Policy::yaml).collect(Collectors.joining("---\n")));
    }

    @Test
    void what_is_granted_in_no_role_is_written_in_no_case() {
        assertThat(AccountPolicy.granted())
                .hasSizeGreaterThan(15)
                .contains("apps/deployments/ UPDATE", "/pods/resize UPDATE", "/pods/eviction CREATE")
                .noneMatch(what -> what.contains("secrets") || what.contains("rbac") || what.contains("*"));
    }
}
