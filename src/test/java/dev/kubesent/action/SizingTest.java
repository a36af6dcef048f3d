package dev.kubesent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.Surroundings;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.Scenario;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    /** A fifth more, at least 100 Mi; twice as much where the last raise is still being watched. */
    @ParameterizedTest
    @CsvSource({
        "32Mi, never, 132Mi",
        "500Mi, never, 600Mi",
        "501Mi, never, 602Mi",
        "1Gi, never, 1229Mi",
        "100000000, never, 196Mi",
        "132Mi, WATCHED, 264Mi",
        "1Gi, WATCHED, 2Gi",
        "60Mi, WATCHED, 160Mi",
        "1Gi, MADE, 1229Mi",
        "1Gi, UNDONE, 1229Mi",
    })
    void the_next_limit(Memory limit, String before, Memory next) {
        var raises = before.equals("never")
                ? List.<History.Act>of()
                : List.<History.Act>of(
                        new History.Raised("app", Memory.ofMi(1), limit, NOW, "r", History.Standing.valueOf(before)));

        assertThat(Sizing.next(limit, evidence(new History(raises, List.of(), Optional.empty(), Set.of(), List.of()))))
                .isEqualTo(next);
    }

    private static Evidence evidence(History history) {
        var scenario = Scenario.named("oom-deployment");
        var loaded = new InMemoryTestCluster().load(scenario, Clock.fixed(NOW, ZoneOffset.UTC));
        var pod = loaded.inspector()
                .get(Pod.class, "oom-deployment", "web-oom-66b8b974b8-22csp")
                .orElseThrow();
        Failure failure = Failures.of(pod, NOW).getFirst();
        return new Evidence(
                failure,
                pod,
                NOW,
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                new Reading.Present<>(history),
                Surroundings.unread("not needed here"));
    }

    private static <T> Reading<T> none() {
        return new Reading.Missing<>(Source.LOG, "not needed here");
    }
}
