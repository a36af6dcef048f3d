package dev.kubesent.scan.described;

/** A line that names something and says its value: {@code Name:  web-1}. */
final class FieldLine {

    private FieldLine() {}

    /** Empty where the line has none. */
    static String key(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).strip();
    }

    /** Empty for what has none: kubectl writes {@code <none>} and {@code <unset>}. */
    static String value(String line) {
        var value = line.substring(line.indexOf(':') + 1).strip();
        return value.startsWith("<none>") || value.startsWith("<unset>") || value.startsWith("<nil>") ? "" : value;
    }
}
