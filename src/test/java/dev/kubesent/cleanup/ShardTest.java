package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of tomorrow, or of the next version, has to have the same share as today's. */
class ShardTest {

    @ParameterizedTest(name = "{0}: {1} of 4, {2} of 7")
    @CsvSource({"2026-11-23, 2, 4", "app.log, 3, 4", "tenant-a, 3, 5", "a b, 2, 2", "größe, 3, 2"})
    void a_name_is_of_the_same_shard_for_ever(String name, int ofFour, int ofSeven) {
        assertThat(shardOf(name, 4)).isEqualTo(ofFour);
        assertThat(shardOf(name, 7)).isEqualTo(ofSeven);
    }

    @Test
    void the_only_one_has_all() {
        assertThat(new Shard(1, 0).has(Path.of("/source/any"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "4, -1", "0, 0"})
    void there_is_no_shard_beyond_the_last(int count, int index) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shard(count, index));
    }

    private static int shardOf(String name, int count) {
        return IntStream.range(0, count)
                .filter(index -> new Shard(count, index).has(Path.of("/source").resolve(name)))
                .sum();
    }
}
