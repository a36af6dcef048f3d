package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.testing.KubeSentProcess;
import dev.kubesent.testing.Questions;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Finding 2a of shared/reviews/security.md: two diagnoses that computed, and liveness gave no answer for fifteen seconds. */
@Isolated
class BusyWorkersTest {

    /** As many as are worked on at a time by default. */
    private static final int WORKERS = 16;

    private static final int PROBES = 5;

    /** Each costs as much as its length allows: words that an expression begins with again and again. */
    private static final String LINES = String.join(
            "\n",
            Collections.nCopies(
                    25,
                    "error: " + "secret".repeat(300) + "\n" + "error: initdb: "
                            + "cannot create' EACCES: ".repeat(80)));

    @Test
    void the_probes_answer_while_all_workers_compute(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        var question =
                Questions.of(Questions.KILLED.replace("exitCode: 137", "exitCode: 1"), LINES, List.of("Failed: x"));
        var stop = new AtomicBoolean();
        try (var process = KubeSentProcess.alone(folder);
                var senders = Executors.newFixedThreadPool(WORKERS)) {
            for (int i = 0; i < WORKERS; i++) {
                senders.execute(() -> {
                    while (!stop.get()) {
                        askAndForget(process, question);
                    }
                });
            }
            for (int i = 0; i < PROBES; i++) {
                assertThat(process.status("/actuator/health/liveness")).isEqualTo(200);
                assertThat(process.status("/actuator/health/readiness")).isEqualTo(200);
            }
            stop.set(true);
            senders.shutdownNow();
        }
    }

    private static void askAndForget(KubeSentProcess process, Request question) {
        try {
            process.send("/diagnose", question);
        } catch (IOException e) {
            // no answer in time: it computes, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void healing_is_done_on_a_thread_that_the_system_takes_the_processor_from() throws Exception {
        var behind = new CompletableFuture<Boolean>();
        try (var background = new BackgroundWork(1, Duration.ofSeconds(10), Clock.systemUTC());
                var beside = Work.besideTheRequest(Clock.systemUTC())) {
            background.run(() -> behind.complete(Thread.currentThread().isVirtual()), false);

            assertThat(behind.get()).isFalse();
            assertThat(Executors.newVirtualThreadPerTaskExecutor()
                            .submit(() ->
                                    beside.run(() -> Thread.currentThread().isVirtual(), true))
                            .get())
                    .isFalse();
        }
    }

    @Test
    void so_is_a_diagnosis() throws Exception {
        var seen = new CompletableFuture<Boolean>();
        var endpoint = new DiagnoseEndpoint(
                _ -> {
                    seen.complete(Thread.currentThread().isVirtual());
                    return new Opinion.None("nothing to say", Opinion.Ended.UNUSABLE);
                },
                ScenarioRun.defaultPolicies(),
                1 << 20,
                1,
                Clock.systemUTC());

        var status = Executors.newVirtualThreadPerTaskExecutor()
                .submit(() -> endpoint.answer(Questions.killed()).status())
                .get();

        assertThat(status).isEqualTo(200);
        assertThat(seen.get()).isFalse();
    }
}
