package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.cluster.Memory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The heap that a container's command line and environment ask for. @param setting as it stands there @param beside what its own flags give to the rest of the JVM; empty where they do not say */
record JavaHeap(Size size, String setting, Optional<Memory> beside) {

    /** In the order in which a JVM, or the usual start scripts, take them before what the command line says. */
    private static final List<String> BEFORE_THE_COMMAND =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "JVM_OPTS", "CATALINA_OPTS");

    private static final List<String> AFTER_THE_COMMAND = List.of("_JAVA_OPTIONS");

    private static final Pattern XMX = Pattern.compile("-Xmx(\\d{1,15})([kKmMgG]?)\\b");
    private static final Pattern PERCENTAGE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+(?:\\.\\d+)?)");

    private static final Pattern METASPACE = Pattern.compile("-XX:MaxMetaspaceSize=(\\d{1,15})([kKmMgG]?)\\b");
    private static final Pattern OTHERS =
            Pattern.compile("-XX:(?:ReservedCodeCacheSize|MaxDirectMemorySize)=(\\d{1,15})([kKmMgG]?)\\b");

    /** A hundred threads of 1 MiB, the default of -Xss on 64 bits. */
    private static final Memory THREADS = Memory.ofMi(100);

    sealed interface Size {}

    record Fixed(Memory memory) implements Size {}

    /** It follows the limit, so raising the limit changes nothing about the proportion. */
    record ShareOfLimit(double percent) implements Size {}

    /** -Xmx wins over MaxRAMPercentage, as in the JVM; of two -Xmx, the last. */
    static Optional<JavaHeap> of(Container container) {
        var options = options(container).toList();
        var beside = beside(options);
        return options.stream()
                .flatMap(o -> XMX.matcher(o).results())
                .reduce((_, last) -> last)
                .flatMap(xmx -> size(xmx).map(size -> new JavaHeap(new Fixed(size), xmx.group(), beside)))
                .or(() -> options.stream()
                        .flatMap(o -> PERCENTAGE.matcher(o).results())
                        .findFirst()
                        .map(m -> new JavaHeap(new ShareOfLimit(Double.parseDouble(m.group(1))), m.group(), beside)));
    }

    /** Metaspace, code cache and direct buffers as they are bounded, and threads; empty where metaspace has no bound. */
    private static Optional<Memory> beside(List<String> options) {
        return options.stream()
                .flatMap(o -> METASPACE.matcher(o).results())
                .reduce((_, last) -> last)
                .flatMap(JavaHeap::size)
                .map(metaspace -> options.stream()
                        .flatMap(o -> OTHERS.matcher(o).results())
                        .flatMap(other -> size(other).stream())
                        .reduce(metaspace.plus(THREADS), Memory::plus));
    }

    /** Empty for a size beyond all machines, which no JVM would start with. */
    private static Optional<Memory> size(MatchResult given) {
        var factor = switch (given.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
        };
        var number = Long.parseLong(given.group(1));
        return number > Long.MAX_VALUE / 16 / factor ? Optional.empty() : Optional.of(new Memory(number * factor));
    }

    private static Stream<String> options(Container container) {
        var line = String.join(" ", container.getCommand()) + " " + String.join(" ", container.getArgs());
        return Stream.of(
                        variables(container, BEFORE_THE_COMMAND),
                        Stream.of(line),
                        variables(container, AFTER_THE_COMMAND))
                .flatMap(options -> options);
    }

    private static Stream<String> variables(Container container, List<String> names) {
        return names.stream()
                .flatMap(name -> container.getEnv().stream()
                        .filter(v -> v.getName().equals(name) && v.getValue() != null)
                        .map(EnvVar::getValue));
    }
}
