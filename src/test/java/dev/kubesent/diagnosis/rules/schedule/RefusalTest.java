package dev.kubesent.diagnosis.rules.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of the scheduler's plug-ins, Kubernetes 1.35.4 and before (src/test/resources/texts.yaml), and what stands in the way. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1 node(s) were unschedulable                                                              | DOWN
        1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }                          | DOWN
        1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod | VOLUME_IN_USE
        1 node(s) had no available disk                                                           | VOLUME_IN_USE
        1 node(s) exceed max volume count                                                         | VOLUME_LIMIT
        1 node(s) had volume node affinity conflict                                               | VOLUME_ELSEWHERE
        1 node(s) didn't match PersistentVolume's node affinity                                   | VOLUME_ELSEWHERE
        1 node(s) had no available volume zone                                                    | VOLUME_ELSEWHERE
        1 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)               | VOLUME_GONE
        1 node(s) didn't find available persistent volumes to bind                                | VOLUME_UNBOUND
        1 node(s) did not have enough free storage                                                | VOLUME_UNBOUND
        1 cannot allocate all claims                                                              | DEVICE
        1 Insufficient nvidia.com/gpu                                                             | DEVICE
        1 Insufficient cpu                                                                        | FULL
        1 Too many pods                                                                           | FULL
        1 node(s) didn't satisfy existing pods anti-affinity rules                                | OTHERS
        1 node(s) didn't have free ports for the requested pod ports                              | PORTS
        1 node(s) had untolerated taint(s)                                                        | UNFIT
        1 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate                        | UNFIT
        1 node(s) didn't match Pod's node affinity/selector                                       | UNFIT
        1 node(s) didn't match pod affinity rules                                                 | UNFIT
        1 node(s) didn't match pod anti-affinity rules                                            | UNFIT
        1 node(s) didn't match pod topology spread constraints                                    | UNFIT
        1 node(s) didn't match pod topology spread constraints (missing required label)           | UNFIT
        """)
    void each_reason_of_the_scheduler_has_its_kind(String reason, Refusal.Kind kind) {
        var refusals =
                Refusal.of("0/1 nodes are available: " + reason + ". no new claims to deallocate, preemption: 0/1"
                        + " nodes are available: 1 Preemption is not helpful for scheduling.");

        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.nodes()).isEqualTo(1);
        });
    }

    @Test
    void what_would_help_is_no_reason() {
        var refusals = Refusal.of("0/1 nodes are available: 1 Insufficient cpu. still not schedulable, preemption: 0/1"
                + " nodes are available: 1 No preemption victims found for incoming pod.");

        assertThat(refusals).singleElement().extracting(Refusal::kind).isEqualTo(Refusal.Kind.FULL);
    }
}
