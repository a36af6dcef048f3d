package dev.kubesent.clockwork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A duration that stands in the code.
 *
 * @param name as {@code api.v1alpha1.Lease.TERM}
 * @param why what its Javadoc says; empty where it has none
 */
record Constant(String name, Duration value, String why) {

    private static final Path MAIN = Path.of("src/main/java/dev/kubesent");

    private static final Pattern FIELD = Pattern.compile(
            "(?:/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s*)?(?:(?:public|private|protected) )?(?:static final )?Duration"
                    + " ([A-Z][A-Z_]*) = ");

    /** All but those of cleanup, which is a job of its own, in the order of their names. */
    static List<Constant> all() throws IOException {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(MAIN.resolve("cleanup")))
                    .sorted()
                    .flatMap(Constant::in)
                    .toList();
        }
    }

    private static Stream<Constant> in(Path file) {
        try {
            var type = MAIN.relativize(file).toString().replace(".java", "").replace('/', '.');
            return FIELD
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> new Constant(
                            type + "." + found.group(2), value(type, found.group(2)), text(found.group(1))))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Duration value(String type, String field) {
        try {
            var found = Class.forName("dev.kubesent." + type).getDeclaredField(field);
            found.setAccessible(true);
            return (Duration) found.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + "." + field, e);
        }
    }

    private static String text(String javadoc) {
        return javadoc == null
                ? ""
                : javadoc.replaceAll("\\n\\s*\\*", " ")
                        .replaceAll("\\{@code ([^}]*)}", "`$1`")
                        .replaceAll("\\{@link #?([^}]*)}", "`$1`")
                        .replaceAll("\\s+", " ")
                        .replace("|", "\\|")
                        .strip();
    }

    /** {@code 1h30m}, as people write it. */
    static String shown(Duration value) {
        var text = value.toString().substring(1).replace("T", "").toLowerCase(java.util.Locale.ROOT);
        return value.toMillis() % 1000 == 0 ? text : value.toMillis() + "ms";
    }
}
