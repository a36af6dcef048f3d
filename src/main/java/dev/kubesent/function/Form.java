package dev.kubesent.function;

import dev.kubesent.cluster.Memory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.convert.DurationStyle;

/**
 * How a setting is written.
 *
 * @param expected what it must be, as it is said to who wrote something else
 * @param parse throws where it is something else
 */
record Form<T>(String expected, Function<String, T> parse) {

    static final Form<String> TEXT = new Form<>("a text", value -> value);

    static final Form<Boolean> TRUTH = new Form<>("true or false", Form::truth);

    static final Form<Optional<Path>> FOLDER = new Form<>("an absolute path", Form::folder);

    /** By its constant, in any case, with {@code -} for {@code _}. */
    @SafeVarargs
    static <E extends Enum<E>> Form<E> oneOf(E... values) {
        var names = Arrays.stream(values).map(Form::word).toList();
        var last = names.size() - 1;
        return new Form<>(
                String.join(", ", names.subList(0, last)) + " or " + names.get(last),
                value -> Arrays.stream(values)
                        .filter(one -> word(one).equals(written(value)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(value)));
    }

    private static String word(Enum<?> constant) {
        return written(constant.name());
    }

    static String written(String value) {
        return value.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Form<Integer> wholeNumber(int least, int most) {
        return number("a whole number from %d to %d".formatted(least, most), least, most);
    }

    static Form<Integer> number(String expected, int least, int most) {
        return new Form<>(expected, value -> within(Integer.parseInt(value.strip()), least, most));
    }

    static Form<Memory> memory(String expected, long least, long most) {
        return new Form<>(expected, value -> {
            var memory = Memory.parse(value);
            within(memory.bytes(), least, most);
            return memory;
        });
    }

    static Form<Duration> duration(String expected) {
        return durationFrom(expected, Duration.ZERO);
    }

    static Form<Duration> durationFrom(String expected, Duration least) {
        return new Form<>(expected, value -> {
            var duration = DurationStyle.detectAndParse(value);
            return within(duration, least, duration);
        });
    }

    static Form<Duration> duration(String expected, Duration least, Duration most) {
        return new Form<>(expected, value -> within(DurationStyle.detectAndParse(value), least, most));
    }

    private static <C extends Comparable<C>> C within(C value, C least, C most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }

    static Form<List<String>> list(String what) {
        return new Form<>(what + ", comma-separated", Form::words);
    }

    static List<String> words(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Boolean truth(String value) {
        return switch (written(value)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static Optional<Path> folder(String value) {
        if (value.equals("none")) {
            return Optional.empty();
        }
        if (!Path.of(value).isAbsolute()) {
            throw new IllegalArgumentException(value);
        }
        return Optional.of(Path.of(value).normalize());
    }
}
