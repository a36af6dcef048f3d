package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.cluster.Amount;
import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.SuggestedPatch;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding 5a of shared/reviews/security.md: a memory of {@code 1e-99999999} bytes took minutes to round up. */
class AmountWithoutEndTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-99999999",
                "1e99999999",
                "1E-99999999",
                "1e+41",
                "1e-2147483647",
                "1e99999999999999999999",
                "1e1e99999999",
                "1e\u0669\u0669\u0669\u0669\u0669",
                "99999999999999999999999999999999999999999999999999999999999999999"
            })
    void a_number_that_nobody_means_is_refused_before_it_is_computed(String amount) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Memory.parse(amount));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Memory.of(new Quantity(amount)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Amount.of(new Quantity(amount)));
    }

    /** Where its format stands beside it, as no text of it would. */
    @Test
    void an_exponent_in_two_parts_is_one() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Memory.of(new Quantity("1e-9999", "9999")));
    }

    @ParameterizedTest
    @CsvSource({
        "128974848, 128974848",
        "129e6, 129000000",
        "129M, 129000000",
        "123Mi, 128974848",
        "1E, 1000000000000000000",
        "1E3, 1000",
        "100m, 1",
        "1e-3, 1",
        "1e18, 1000000000000000000"
    })
    void what_kubernetes_documents_is_read_as_before(String amount, long bytes) {
        assertThat(Memory.parse(amount)).isEqualTo(new Memory(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits: {memory: '1e-99999999'}",
                "requests: {memory: '1e-99999999'}",
                "limits: {cpu: '1e-99999999'}"
            })
    void a_question_with_one_is_the_senders_error(String amounts) {
        var pod = Questions.KILLED.replace("limits: {memory: 64Mi}", amounts);

        var reply = new DiagnoseEndpoint(Doctor.none(), ScenarioRun.defaultPolicies(), 1 << 20, 1, Clock.systemUTC())
                .answer(Questions.of(pod, "", List.of()));

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void a_models_patch_with_one_is_dropped() {
        var patch = SuggestedPatch.read("""
            spec:
              containers:
              - name: app
                resources: {limits: {memory: "1e-99999999"}}
            """, "app", Set.of("spec.containers[*].resources"));

        assertThat(patch.memory()).isEmpty();
        assertThat(patch.dropped()).singleElement().asString().contains("no amount of memory");
    }
}
