package dev.kubesent.function.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a JVM of its own, with the image's collector and heap: what is old and dead is collected long before the heap is full. */
class TidyHeapTest {

    private static final int MIB = 1 << 20;

    /** Of the 16 MiB that are alive, and of what may die. */
    private static final long BOUND = TidyHeap.LEAST + TidyHeap.STEP;

    @Test
    void old_objects_that_are_dead_are_collected_when_they_come_to_exceed_the_bound() throws Exception {
        assertThat(left("tidied")).isLessThan(BOUND);
    }

    @Test
    void the_collector_alone_leaves_them() throws Exception {
        assertThat(left("alone")).isGreaterThan(BOUND);
    }

    private static long left(String how) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-Xmx230m",
                        "-Xmn8m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Herd.class.getName(),
                        how))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).isZero();
        return Long.parseLong(said.strip());
    }

    /** Makes 100 MiB of objects that are old when they die, and says how much of that is there in the end. */
    static final class Herd {

        private static final Duration PATIENCE = Duration.ofSeconds(20);

        public static void main(String... arguments) {
            var isTidied = arguments[0].equals("tidied");
            if (isTidied) {
                TidyHeap.begin();
            }
            var alive = new ArrayDeque<byte[]>();
            for (int i = 0; i < 100 * 16; i++) {
                alive.add(new byte[MIB / 16]);
                if (alive.size() > 16 * 16) {
                    alive.remove();
                }
            }
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (isTidied && old() > BOUND && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            System.out.println(old());
        }

        private static long old() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().equals("Tenured Gen"))
                    .findFirst()
                    .orElseThrow()
                    .getUsage()
                    .getUsed();
        }
    }
}
