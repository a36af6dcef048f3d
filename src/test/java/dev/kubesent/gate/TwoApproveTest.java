package dev.kubesent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Source;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many people have to say yes where a namespace asks for it; the rest is told by the scenario two-approve. */
class TwoApproveTest {

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());

    private static Reading<Namespace> namespace(@Nullable String asks) {
        var namespace =
                new NamespaceBuilder().withNewMetadata().withName("demo").endMetadata();
        return new Reading.Present<>((asks == null
                        ? namespace
                        : namespace
                                .editMetadata()
                                .addToAnnotations(ApprovalsAsked.ANNOTATION, asks)
                                .endMetadata())
                .build());
    }

    private String whyNot(Reading<Namespace> namespace, int people) {
        return new ApprovalsAsked(cluster)
                .whyNot(namespace, new Approval.Of("by ada", people, "f"))
                .map(Refusal::toString)
                .orElse("");
    }

    private void theServerHoldsEverybodyToHisName() {
        cluster.load(new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName("kubesent-incidents")
                .endMetadata()
                .build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
             | 0 |
        1    | 0 |
        1    | 1 |
        2    | 2 |
        ' 2 '| 2 |
        2    | 0 | names nobody
        2    | 1 | by nobody else
        3    | 2 | neither 1 nor 2
        two  | 2 | neither 1 nor 2
        ''   | 2 | neither 1 nor 2
        0    | 2 | neither 1 nor 2
        """)
    void a_namespace_asks_for_one_or_for_two(@Nullable String asks, int people, @Nullable String why) {
        theServerHoldsEverybodyToHisName();

        var told = whyNot(namespace(asks), people);

        if (why == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).startsWith("SECOND_APPROVAL_MISSING").contains(why);
        }
    }

    /** Whoever may update an incident could write both names. */
    @Test
    void names_count_only_where_the_server_holds_everybody_to_his_own() {
        assertThat(whyNot(namespace("2"), 2)).contains("nobody checks the names here");
        assertThat(whyNot(namespace("1"), 1)).isEmpty();
    }

    @Test
    void what_a_namespace_asks_for_that_cannot_be_read_is_not_met() {
        assertThat(whyNot(new Reading.Missing<>(Source.NAMESPACE, "403"), 2)).contains("what cannot be read");
    }
}
