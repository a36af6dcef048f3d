package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.cleanup.CleanupSettings.Effect;
import dev.kubesent.cleanup.CleanupSettings.EmptyDirectories;
import dev.kubesent.cleanup.CleanupSettings.Mounts;
import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanupSettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of("SOURCE_DIR", "/data", "DAYS_OLD", "30"));

    @Test
    void what_is_not_set_is_the_careful_way() {
        var settings = CleanupSettings.read(environment::get);

        assertThat(settings.daysOld()).isEqualTo(30);
        assertThat(settings.effect()).isEqualTo(Effect.DELETE);
        assertThat(settings.emptyDirectories()).isEqualTo(EmptyDirectories.KEEP);
        assertThat(settings.mounts()).isEqualTo(Mounts.STAY);
        assertThat(settings.shard()).isEqualTo(new Shard(1, 0));
        assertThat(settings.most()).isEmpty();
        assertThat(settings.longest()).isEmpty();
        assertThat(settings.name().matches(Path.of("anything.at.all"))).isTrue();
    }

    @Test
    void all_that_is_set_counts() {
        environment.putAll(Map.of(
                "DRY_RUN", "true",
                "PATTERN", "*.log",
                "REMOVE_EMPTY_DIRS", "true",
                "CROSS_MOUNTS", "true",
                "SHARDS", "4",
                "JOB_COMPLETION_INDEX", "3",
                "MAX_DELETES", "1000",
                "MAX_SECONDS", "60"));

        var settings = CleanupSettings.read(environment::get);

        assertThat(settings.effect()).isEqualTo(Effect.DRY_RUN);
        assertThat(settings.name().matches(Path.of("a.txt"))).isFalse();
        assertThat(settings.emptyDirectories()).isEqualTo(EmptyDirectories.REMOVE);
        assertThat(settings.mounts()).isEqualTo(Mounts.CROSS);
        assertThat(settings.shard()).isEqualTo(new Shard(4, 3));
        assertThat(settings.most()).hasValue(1000);
        assertThat(settings.longest()).contains(Duration.ofSeconds(60));
    }

    @Test
    void shard_wins_over_the_index_of_the_job() {
        environment.putAll(Map.of("SHARDS", "4", "SHARD", "1", "JOB_COMPLETION_INDEX", "3"));

        assertThat(CleanupSettings.read(environment::get).shard()).isEqualTo(new Shard(4, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    SOURCE_DIR | -            | SOURCE_DIR is not set: the directory to clean up
                    SOURCE_DIR | ' '          | SOURCE_DIR is not set: the directory to clean up
                    SOURCE_DIR | data         | SOURCE_DIR is an absolute path, not 'data'
                    DAYS_OLD   | -            | DAYS_OLD is not set: whole days, 0 or more
                    DAYS_OLD   | -1           | DAYS_OLD is whole days, 0 or more, not '-1'
                    DAYS_OLD   | 1.5          | DAYS_OLD is whole days, 0 or more, not '1.5'
                    DAYS_OLD   | 99999999999999999999 | DAYS_OLD is whole days, 0 or more, not '99999999999999999999'
                    DRY_RUN    | yes          | DRY_RUN is true or false, not 'yes'
                    DRY_RUN    | TRUE         | DRY_RUN is true or false, not 'TRUE'
                    PATTERN    | '[a'         | PATTERN is no glob: '[a'
                    PATTERN    | logs/*.log   | PATTERN is for a file's name, without a '/': 'logs/*.log'
                    SHARDS     | 0            | SHARDS is 1 to 10000, not '0'
                    SHARDS     | 3            | SHARDS is 3, and neither SHARD nor JOB_COMPLETION_INDEX says which
                    SHARD      | 1            | SHARD is 0 to SHARDS - 1, which is 0, not '1'
                    JOB_COMPLETION_INDEX | 5  | JOB_COMPLETION_INDEX is 0 to SHARDS - 1, which is 0, not '5'
                    MAX_DELETES | 0           | MAX_DELETES is a whole number, 1 or more, not '0'
                    MAX_SECONDS | soon        | MAX_SECONDS is a whole number, 1 or more, not 'soon'
                    """)
    void what_makes_no_sense_is_told(String variable, String value, String message) {
        environment.put(variable, value);

        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> CleanupSettings.read(environment::get))
                .withMessage(message);
    }

    @Test
    void the_table_of_the_documentation_is_that_of_the_code() throws IOException {
        var table = Files.readAllLines(Path.of("docs/cleanup.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(table)
                .containsExactlyElementsOf(Arrays.stream(CleanupSetting.values())
                        .map(setting -> "| `%s` | %s | %s |"
                                .formatted(setting.name(), setting.defaultValue(), setting.meaning()))
                        .toList());
    }
}
