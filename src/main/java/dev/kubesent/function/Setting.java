package dev.kubesent.function;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A setting, and all that is to be known of it: its name, its default, how it is written, and what it means. {@link EverySetting} has them all. */
public final class Setting<T> {

    private final String name;
    private final String defaultValue;
    private final Form<T> form;
    private final String meaning;

    Setting(String name, String defaultValue, Form<T> form, String meaning) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.form = form;
        this.meaning = meaning;
    }

    /** {@code KUBESENT_MAX_MEMORY}. */
    String variable() {
        return "KUBESENT_" + name;
    }

    /** {@code kubesent.max-memory}, as in {@code --kubesent.max-memory=4Gi}. */
    String property() {
        return "kubesent." + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String defaultValue() {
        return defaultValue;
    }

    String meaning() {
        return meaning;
    }

    /** @throws UsageException where what is given makes no sense */
    T of(Given given) {
        return of(given, defaultValue);
    }

    /** @param otherwise where nothing is given @throws UsageException where what is given makes no sense */
    T of(Given given, String otherwise) {
        var text = Optional.ofNullable(given.value(variable()))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .orElse(otherwise);
        try {
            return form.parse().apply(text);
        } catch (RuntimeException e) {
            throw new UsageException("%s is '%s'; it must be %s".formatted(variable(), text, form.expected()));
        }
    }

    /** What a process is given. */
    @FunctionalInterface
    public interface Given {

        /** @param variable as {@code KUBESENT_MODE} @return null where it is not set */
        @Nullable
        String value(String variable);
    }
}
