package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.cleanup.CleanupSettings;
import dev.kubesent.event.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupEndpointTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder;

    /** The time is asked once for 64 of them. */
    private static final int FILES = 640;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void while_one_runs_no_other_begins_and_what_is_to_end_tells_how_far_it_came() throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.createFile(folder.resolve("file" + i));
        }
        var environment = Map.of("SOURCE_DIR", folder.toString(), "DAYS_OLD", "0", "MAX_SECONDS", "60");
        var endpoint = new CleanupEndpoint(CleanupSettings.read(environment::get), held());
        try (var threads = Executors.newSingleThreadExecutor()) {
            var first = threads.submit(() -> endpoint.answer(request()));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(endpoint.answer(request()).status()).isEqualTo(204);

            endpoint.stop();
            goOn.countDown();
            var summary =
                    new ObjectMapper().readTree(first.get(10, TimeUnit.SECONDS).body());
            assertThat(summary.path("end").asText()).isEqualTo("TERMINATED");
            assertThat(summary.path("seen").asInt()).isLessThan(FILES);
        }
        assertThat(endpoint.answer(request()).status()).isEqualTo(200);
    }

    private static Request request() {
        return new Request(Map.of(), new byte[0]);
    }

    /** Holds the first run as soon as it asks whether its time is over for the fourth time. */
    private Clock held() {
        var main = Thread.currentThread();
        var asked = new AtomicInteger();
        return new Clock() {

            @Override
            public Instant instant() {
                if (Thread.currentThread() != main && asked.incrementAndGet() > 3) {
                    begun.countDown();
                    await();
                }
                return NOW;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private void await() {
        try {
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
