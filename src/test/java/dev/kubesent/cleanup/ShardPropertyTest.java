package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Shards cover everything, and nothing twice, in whatever order they run. */
class ShardPropertyTest {

    @Property
    void every_name_is_of_exactly_one_shard(
            @ForAll @StringLength(min = 1, max = 60) String name, @ForAll @IntRange(min = 1, max = 50) int count) {
        var entry = Path.of("/source").resolve(name.replaceAll("[/\\x00]", "_"));

        assertThat(IntStream.range(0, count).filter(i -> new Shard(count, i).has(entry)))
                .hasSize(1);
    }

    @Property(tries = 25)
    void runs_of_all_shards_in_any_order_even_twice_leave_what_one_run_would(
            @ForAll @Size(max = 30) Set<@IntRange(max = 40) Integer> files,
            @ForAll @IntRange(min = 2, max = 6) int count,
            @ForAll long seed)
            throws IOException {
        var folder = Files.createTempDirectory("shards");
        var tree = new Tree(folder).with("SHARDS", String.valueOf(count));
        for (int file : files) {
            tree.old("top" + file % 11 + (file % 3 == 0 ? "" : "/x/") + "file" + file);
            tree.young("young" + file);
        }
        var order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        order.add((int) Math.floorMod(seed, (long) count));
        Collections.shuffle(order, new Random(seed));

        long deleted = 0;
        for (int shard : order) {
            deleted += tree.with("JOB_COMPLETION_INDEX", String.valueOf(shard))
                    .run()
                    .deleted();
        }

        assertThat(deleted).isEqualTo(files.size());
        assertThat(tree.left().stream().filter(name -> !name.endsWith("/"))).allMatch(name -> name.startsWith("young"));
        for (var path : walk(folder)) {
            Files.delete(path);
        }
    }

    private static List<Path> walk(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.toList().reversed();
        }
    }
}
