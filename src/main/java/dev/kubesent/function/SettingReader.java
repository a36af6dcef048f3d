package dev.kubesent.function;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Reads what is given, and says what is wrong with a value that makes no sense. @param given by the name of the variable */
record SettingReader(UnaryOperator<@Nullable String> given) {

    String text(Setting setting, String otherwise) {
        var value = given.apply(setting.variable());
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    <T> T value(Setting setting, String expected, Function<String, T> parse) {
        return value(setting, setting.defaultValue(), expected, parse);
    }

    <T> T value(Setting setting, String otherwise, String expected, Function<String, T> parse) {
        var text = text(setting, otherwise);
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            throw new UsageException("%s is '%s'; it must be %s".formatted(setting.variable(), text, expected));
        }
    }

    static boolean truth(String value) {
        return switch (constant(value)) {
            case "TRUE" -> true;
            case "FALSE" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static String constant(String value) {
        return value.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static int between(int least, int most, String value) {
        int number = Integer.parseInt(value.strip());
        if (number < least || number > most) {
            throw new IllegalArgumentException(value);
        }
        return number;
    }

    static Duration duration(String value) {
        var duration = DurationStyle.detectAndParse(value);
        if (duration.isNegative()) {
            throw new IllegalArgumentException(value);
        }
        return duration;
    }
}
