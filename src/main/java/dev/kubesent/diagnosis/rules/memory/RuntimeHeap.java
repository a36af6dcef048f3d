package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.cluster.Memory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The heap that Node.js or Go is told to use, in the container's command line and environment. @param setting as it stands there */
record RuntimeHeap(Memory size, String setting) {

    /** In megabytes; of two the last counts, as in V8 (nodejs.org: cli, --max-old-space-size). */
    private static final Pattern OLD_SPACE = Pattern.compile("--max[-_]old[-_]space[-_]size[= ](\\d{1,9})\\b");

    /** Bytes, with a binary unit that Go spells with an i (pkg.go.dev/runtime: GOMEMLIMIT). */
    private static final Pattern GO_LIMIT = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB|TiB)?");

    private static final Pattern NODE = Pattern.compile("(?i)\\b(node|nodejs|npm|npx|yarn|pnpm|next|nest)\\b");

    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    static Optional<RuntimeHeap> of(Container container) {
        return node(container).or(() -> go(container));
    }

    private static Optional<RuntimeHeap> node(Container container) {
        var line = String.join(" ", container.getCommand()) + " " + String.join(" ", container.getArgs());
        var inherited =
                isNode(container, line) ? variable(container, "NODE_OPTIONS").orElse("") : "";
        return Stream.of(inherited, line)
                .flatMap(options -> OLD_SPACE.matcher(options).results())
                .reduce((_, last) -> last)
                .map(option -> new RuntimeHeap(Memory.ofMi(Long.parseLong(option.group(1))), option.group()));
    }

    /** NODE_OPTIONS may be set for a whole namespace, whatever runs in it. */
    private static boolean isNode(Container container, String line) {
        return NODE.matcher(container.getImage() + " " + line).find();
    }

    /** What a person should know of a Node.js program whose heap nobody bounded: V8 sizes it by the machine (nodejs.org: cli, --max-old-space-size). */
    static Optional<String> unset(Container container) {
        var line = String.join(" ", container.getCommand()) + " " + String.join(" ", container.getArgs());
        return isNode(container, line) && of(container).isEmpty()
                ? Optional.of(
                        "Node.js sizes its heap by the machine and collects late, unless --max-old-space-size says how"
                                + " much it may have.")
                : Optional.empty();
    }

    /** With its collector on, Go frees by growth as well, and a limit that is too high only does nothing (pkg.go.dev/runtime: GOGC). */
    private static Optional<RuntimeHeap> go(Container container) {
        if (!variable(container, "GOGC").filter("off"::equals).isPresent()) {
            return Optional.empty();
        }
        return variable(container, "GOMEMLIMIT")
                .flatMap(value -> GO_LIMIT.matcher(value)
                        .results()
                        .filter(found -> found.group().equals(value))
                        .flatMap(found -> bytes(found).stream())
                        .map(bytes -> new RuntimeHeap(new Memory(bytes), "GOMEMLIMIT=" + value))
                        .findFirst());
    }

    /** Empty for a size beyond all machines. */
    private static Optional<Long> bytes(MatchResult limit) {
        var number = Long.parseLong(limit.group(1));
        var unit = UNITS.getOrDefault(limit.group(2) == null ? "B" : limit.group(2), 1L);
        return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
    }

    private static Optional<String> variable(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name) && variable.getValue() != null)
                .map(EnvVar::getValue)
                .findFirst();
    }
}
