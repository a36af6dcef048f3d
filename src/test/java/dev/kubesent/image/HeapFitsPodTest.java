package dev.kubesent.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A heap that may grow beyond the pod's memory is killed by the node in the middle of an act, and says nothing. */
class HeapFitsPodTest {

    /** MiB beside the heap: AOT cache, code, classes, threads, the C library. A herd of a thousand workloads has 250 with 72 of heap; nine are spare. */
    private static final long BESIDE = 187;

    /** MiB that may be held at once: what stays, young objects, bodies, work that waits, pages (docs/decisions/0017). */
    private static final long HELD = 36 + 12 + 16 + 48 + 60;

    private static final Pattern PERCENTAGE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");
    private static final Pattern LIMIT = Pattern.compile("limits:[^}]*?memory: (\\d+)Mi");

    @Test
    void the_largest_heap_and_all_beside_it_fit_into_the_pod_and_all_that_is_held_into_the_heap() throws IOException {
        var limit = limitMi();
        var percentage = AotTraining.FLAGS.stream()
                .map(PERCENTAGE::matcher)
                .filter(match -> match.matches())
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();

        var heap = limit * percentage / 100;

        assertThat(heap + BESIDE).isLessThanOrEqualTo(limit);
        assertThat(heap).isGreaterThanOrEqualTo(HELD);
    }

    private static long limitMi() throws IOException {
        var match = LIMIT.matcher(Files.readString(Path.of("knative/base/300-service.yaml")));
        assertThat(match.find()).isTrue();
        return Long.parseLong(match.group(1));
    }
}
