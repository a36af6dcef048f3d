package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.FuzzTargets;
import dev.kubesent.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All findings of shared/reviews/security.md that an input alone brings about: nothing that comes in ends in an error of ours, or never.
 * Ten seconds in all, longer by {@code KUBESENT_FUZZ_SECONDS}, from {@code KUBESENT_FUZZ_SEED}. What it finds is written to target/fuzz; it
 * belongs into src/test/resources/fuzz, where it is tried first each time.
 */
class FuzzTest {

    private static final int SECONDS = number("KUBESENT_FUZZ_SECONDS", 10);
    private static final int SEED = number("KUBESENT_FUZZ_SEED", 20);

    /** However slow the machine is. */
    private static final int LEAST = 100;

    /** Bytes. */
    private static final int LONGEST = 64 * 1024;

    /** A detector of what never ends, and no measure of what is slow. */
    private static final Duration NEVER = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void whatever_comes_in_is_answered(FuzzTargets target) throws Exception {
        var seeds = target.seeds();
        assertThat(seeds).hasSizeGreaterThanOrEqualTo(3);
        var mutations = new Mutations(SEED);
        var until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos() / FuzzTargets.values().length;
        int tried = 0;
        try (var thread =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            for (var seed : seeds) {
                attempt(target, seed, thread);
            }
            for (; tried < LEAST || System.nanoTime() < until; tried++) {
                attempt(target, mutations.of(seeds, LONGEST), thread);
            }
        }
        assertThat(tried).isGreaterThanOrEqualTo(LEAST);
    }

    private static void attempt(FuzzTargets target, byte[] input, ExecutorService thread) throws Exception {
        var run = thread.submit(() -> target.run(input));
        try {
            run.get(NEVER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(target + ": " + e.getCause() + ", for " + kept(target, input), e.getCause());
        } catch (TimeoutException e) {
            thread.shutdownNow();
            throw new AssertionError(target + ": no end within " + NEVER + ", for " + kept(target, input), e);
        }
    }

    private static Path kept(FuzzTargets target, byte[] input) throws IOException {
        var folder =
                Files.createDirectories(Path.of("target/fuzz", target.name().toLowerCase(Locale.ROOT)));
        return Files.write(folder.resolve(Integer.toHexString(Arrays.hashCode(input))), input);
    }

    private static int number(String setting, int otherwise) {
        return Optional.ofNullable(System.getenv(setting))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }
}
