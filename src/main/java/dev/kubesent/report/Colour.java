package dev.kubesent.report;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether and how the terminal shows colour. */
public enum Colour {
    ON,
    OFF;

    /** On a terminal, unless NO_COLOR is set (no-color.org). */
    public static Colour of(@Nullable Console console, @Nullable String noColor) {
        return console != null && console.isTerminal() && (noColor == null || noColor.isEmpty()) ? ON : OFF;
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return switch (this) {
            case ON -> "\u001b[" + code + "m" + text + "\u001b[0m";
            case OFF -> text;
        };
    }
}
