package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.ObservedEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No answer of 90 or more, where the gate acts, rests on circumstances alone: of each of our cases, without a word of who knows.
 * {@code CircumstancesTest} does the same with all public reports.
 */
class CasesWithoutWordsTest {

    private static final int ACTS = 90;

    private static final int LEAST = 470;

    /** What Kubernetes states in fields made for it is no circumstance: how a container or a pod ended. */
    private static final Set<Cause> BY_FIELDS = EnumSet.of(
            Cause.MEMORY_LIMIT_TOO_LOW,
            Cause.POD_LIMIT_TOO_LOW,
            Cause.JAVA_HEAP_AGAINST_LIMIT,
            Cause.HEAP_AGAINST_LIMIT,
            Cause.NODE_OUT_OF_MEMORY,
            Cause.CONTAINER_LOST,
            Cause.REFUSED_BY_KUBELET,
            Cause.NODE_SHUT_DOWN,
            Cause.PREEMPTED);

    @TestFactory
    Stream<DynamicTest> without_its_words_no_case_is_sure() {
        var all = CauseCase.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(LEAST);
        return all.stream()
                .map(one -> dynamicTest(
                        one.toString(),
                        () -> assertThat(one.with(silent(one.pod()))
                                        .with(List.of(), silent(one.events()))
                                        .evidence()
                                        .map(Rules::diagnose)
                                        .filter(said -> !BY_FIELDS.contains(said.cause()))
                                        .map(Diagnosis::confidence)
                                        .orElse(0))
                                .isLessThan(ACTS)));
    }

    /** Who was killed for its probe, the kubelet's event Killing tells; what a probe says is a word. */
    private static List<ObservedEvent> silent(List<ObservedEvent> events) {
        return events.stream()
                .map(event -> event.reason().equals("Killing")
                        ? event
                        : new ObservedEvent(event.reason(), "?", event.container(), event.last()))
                .toList();
    }

    private static JsonNode silent(JsonNode pod) {
        var copy = pod.deepCopy();
        copy.path("status").findParents("message").forEach(parent -> ((ObjectNode) parent).put("message", "?"));
        return copy;
    }
}
