package dev.kubesent.cleanup;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be cleaned up, and how far.
 *
 * @param source absolute, and not yet looked at
 * @param name which names of files
 * @param most deletions
 * @param longest running time
 */
public record CleanupSettings(
        Path source,
        int daysOld,
        PathMatcher name,
        Effect effect,
        EmptyDirectories emptyDirectories,
        Mounts mounts,
        Shard shard,
        OptionalLong most,
        Optional<Duration> longest) {

    private static final String ANY = "*";

    private static final PathMatcher EVERY_NAME = _ -> true;

    public enum Effect {
        DELETE,
        /** Only counts. */
        DRY_RUN
    }

    public enum EmptyDirectories {
        KEEP,
        REMOVE
    }

    public enum Mounts {
        STAY,
        CROSS
    }

    /** A setting is missing, or makes no sense; the message is for whoever wrote it. */
    public static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Whether the name of a file does not matter. */
    boolean isOfEveryName() {
        return name.equals(EVERY_NAME);
    }

    /** @param environment null where a variable is not set @throws UnusableException */
    public static CleanupSettings read(UnaryOperator<@Nullable String> environment) {
        var given = new Given(environment);
        return new CleanupSettings(
                given.directory(),
                (int) given.required(
                        CleanupSetting.DAYS_OLD, "whole days, 0 or more", days -> days >= 0 && days <= 36_500),
                given.pattern(),
                given.isTrue(CleanupSetting.DRY_RUN) ? Effect.DRY_RUN : Effect.DELETE,
                given.isTrue(CleanupSetting.REMOVE_EMPTY_DIRS) ? EmptyDirectories.REMOVE : EmptyDirectories.KEEP,
                given.isTrue(CleanupSetting.CROSS_MOUNTS) ? Mounts.CROSS : Mounts.STAY,
                given.shard(),
                given.positive(CleanupSetting.MAX_DELETES),
                given.positive(CleanupSetting.MAX_SECONDS).stream()
                        .mapToObj(Duration::ofSeconds)
                        .findFirst());
    }

    private record Given(UnaryOperator<@Nullable String> environment) {

        /** What is set to nothing is not set: that is how a manifest with an empty default looks. */
        Optional<String> text(CleanupSetting setting) {
            return text(setting.name());
        }

        private Optional<String> text(String variable) {
            return Optional.ofNullable(environment.apply(variable))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        Path directory() {
            var text = text(CleanupSetting.SOURCE_DIR)
                    .orElseThrow(() -> new UnusableException("SOURCE_DIR is not set: the directory to clean up"));
            try {
                var path = Path.of(text);
                if (!path.isAbsolute()) {
                    throw new UnusableException("SOURCE_DIR is an absolute path, not '" + text + "'");
                }
                return path;
            } catch (InvalidPathException e) {
                throw new UnusableException("SOURCE_DIR is no path: " + e.getMessage());
            }
        }

        PathMatcher pattern() {
            var text = text(CleanupSetting.PATTERN).orElse(ANY);
            if (text.equals(ANY)) {
                return EVERY_NAME; // what most say, asked of each file
            }
            if (text.contains("/")) {
                throw new UnusableException("PATTERN is for a file's name, without a '/': '" + text + "'");
            }
            if (!text.chars().allMatch(c -> c < 128) && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
                // All letters beyond ASCII are the same one then, in the pattern as in the names.
                throw new UnusableException(
                        "PATTERN has letters that this process cannot tell apart; set LANG=C.UTF-8");
            }
            try {
                return FileSystems.getDefault().getPathMatcher("glob:" + text);
            } catch (PatternSyntaxException e) {
                throw new UnusableException("PATTERN is no glob: '" + text + "'");
            }
        }

        boolean isTrue(CleanupSetting setting) {
            return switch (text(setting).orElse("false")) {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw new UnusableException(
                            setting + " is true or false, not '" + text(setting).orElseThrow() + "'");
            };
        }

        Shard shard() {
            var count = number(CleanupSetting.SHARDS.name(), "1 to 10000", n -> n >= 1 && n <= 10_000)
                    .orElse(1);
            var named = text(CleanupSetting.SHARD).isPresent() ? CleanupSetting.SHARD.name() : "JOB_COMPLETION_INDEX";
            // An indexed Job with more completions than SHARDS would clean nothing in some, and nobody would know.
            var index = number(named, "0 to SHARDS - 1, which is " + (count - 1), n -> n >= 0 && n < count);
            if (count > 1 && index.isEmpty()) {
                throw new UnusableException(
                        "SHARDS is " + count + ", and neither SHARD nor JOB_COMPLETION_INDEX says which");
            }
            return new Shard((int) count, (int) index.orElse(0));
        }

        OptionalLong positive(CleanupSetting setting) {
            return number(setting.name(), "a whole number, 1 or more", n -> n >= 1);
        }

        long required(CleanupSetting setting, String range, LongPredicate isRight) {
            return number(setting.name(), range, isRight)
                    .orElseThrow(() -> new UnusableException(setting + " is not set: " + range));
        }

        private OptionalLong number(String variable, String range, LongPredicate isRight) {
            var text = text(variable);
            if (text.isEmpty()) {
                return OptionalLong.empty();
            }
            if (!text.get().matches("\\d{1,15}") || !isRight.test(Long.parseLong(text.get()))) {
                throw new UnusableException(variable + " is " + range + ", not '" + text.get() + "'");
            }
            return OptionalLong.of(Long.parseLong(text.get()));
        }
    }
}
