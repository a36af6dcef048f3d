package dev.kubesent.command;

import java.util.Locale;

/** How an answer is printed. */
public enum Output {
    TABLE,
    MARKDOWN,
    JSON,
    YAML;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
