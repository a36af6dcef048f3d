package dev.kubesent.consultation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelAnswer;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.signature.OwnSignatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Questions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsultationTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private final Evidence unknown = Questions.evidence(Questions.LAST_LINE);

    @Test
    void a_doctor_who_hangs_does_not_hold_every_place() throws InterruptedException {
        var asked = new CountDownLatch(4);
        var over = new CountDownLatch(1);
        var consultation = consultation(_ -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Opinion.None("", Opinion.Ended.UNUSABLE);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> consultation.diagnose(unknown, null));
            }
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

            var fifth = consultation.diagnose(unknown, null);
            over.countDown();

            assertThat(fifth.opinion().orElseThrow().deferredUntil()).isEqualTo(NOW.plusSeconds(60));
        }
    }

    @Test
    void a_second_opinion_does_not_hold_up_what_is_about_to_be_healed() {
        var asked = new AtomicInteger();
        var consultation = consultation(_ -> {
            asked.incrementAndGet();
            return new Opinion.Deferred(NOW.plusSeconds(60), "out of quota");
        });

        var oom = consultation.diagnose(Questions.oom(), null);

        assertThat(oom.diagnosis().rule()).isEqualTo("MemoryLimitTooLow");
        assertThat(oom.opinion()).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void what_a_rollout_changed_is_told_with_a_models_answer_too() {
        var answer = new ModelAnswer(
                "It waits for a lock that nobody gives back.", Cause.LOCK_HELD, "", 93, List.of(Questions.LAST_LINE));
        var consultation = consultation(_ -> new Opinion.Given(answer, "first", List.of()));

        var result = consultation.diagnose(Questions.afterRollout("app: image shop:1 → shop:2"), null);

        assertThat(result.diagnosis().explanation())
                .isEqualTo("It waits for a lock that nobody gives back. "
                        + "The rollout before it changed: app: image shop:1 → shop:2.");
    }

    private static final GatePolicy POLICY = new GatePolicy(
            GatePolicy.Mode.HEAL,
            90,
            Memory.parse("1Gi"),
            Set.of(),
            Set.of(),
            List.of(),
            new GatePolicy.Breakers(Duration.ofHours(1), 3, 10, 20, 10, Duration.ofMinutes(10)),
            "kubesent");

    private static Consultation consultation(Doctor doctor) {
        return new Consultation(
                doctor, Consultation.Ask.ALWAYS, POLICY, () -> OwnSignatures.NONE, Duration.ZERO, new MovingClock(NOW));
    }
}
