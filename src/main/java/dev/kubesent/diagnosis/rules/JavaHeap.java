package dev.kubesent.diagnosis.rules;

import dev.kubesent.cluster.Memory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The heap that a container's command line and environment ask for. @param setting as it stands there */
record JavaHeap(Size size, String setting) {

    /** In the order in which a JVM, or the usual start scripts, take them before what the command line says. */
    private static final List<String> BEFORE_THE_COMMAND =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "JVM_OPTS", "CATALINA_OPTS");

    private static final List<String> AFTER_THE_COMMAND = List.of("_JAVA_OPTIONS");

    private static final Pattern XMX = Pattern.compile("-Xmx(\\d{1,15})([kKmMgG]?)\\b");
    private static final Pattern PERCENTAGE = Pattern.compile("-XX:MaxRAMPercentage=(\\d+(?:\\.\\d+)?)");

    sealed interface Size {}

    record Fixed(Memory memory) implements Size {}

    /** It follows the limit, so raising the limit changes nothing about the proportion. */
    record ShareOfLimit(double percent) implements Size {}

    /** -Xmx wins over MaxRAMPercentage, as in the JVM; of two -Xmx, the last. */
    static Optional<JavaHeap> of(Container container) {
        var options = options(container).toList();
        return options.stream()
                .flatMap(o -> XMX.matcher(o).results())
                .reduce((_, last) -> last)
                .flatMap(JavaHeap::fixed)
                .or(() -> options.stream()
                        .flatMap(o -> PERCENTAGE.matcher(o).results())
                        .findFirst()
                        .map(m -> new JavaHeap(new ShareOfLimit(Double.parseDouble(m.group(1))), m.group())));
    }

    /** Empty for a size beyond all machines, which no JVM would start with. */
    private static Optional<JavaHeap> fixed(MatchResult xmx) {
        var factor = switch (xmx.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
        };
        var number = Long.parseLong(xmx.group(1));
        return number > Long.MAX_VALUE / factor
                ? Optional.empty()
                : Optional.of(new JavaHeap(new Fixed(new Memory(number * factor)), xmx.group()));
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
