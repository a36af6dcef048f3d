package dev.kubesent.diagnosis.rules;

import dev.kubesent.cluster.Memory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The heap that a container's command line and environment ask for. @param setting as it stands there */
record JavaHeap(Size size, String setting) {

    /** Where a JVM, or the usual start scripts, take options from. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS", "CATALINA_OPTS", "JVM_OPTS");

    private static final Pattern XMX = Pattern.compile("-Xmx(\\d+)([kKmMgG]?)\\b");
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
                .max(Comparator.comparingInt(MatchResult::start))
                .map(JavaHeap::fixed)
                .or(() -> options.stream()
                        .flatMap(o -> PERCENTAGE.matcher(o).results())
                        .findFirst()
                        .map(m -> new JavaHeap(new ShareOfLimit(Double.parseDouble(m.group(1))), m.group())));
    }

    private static JavaHeap fixed(MatchResult xmx) {
        var factor = switch (xmx.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
        };
        return new JavaHeap(
                new Fixed(new Memory(Math.multiplyExact(Long.parseLong(xmx.group(1)), factor))), xmx.group());
    }

    private static Stream<String> options(Container container) {
        var line = String.join(" ", container.getCommand()) + " " + String.join(" ", container.getArgs());
        var variables = container.getEnv().stream()
                .filter(v -> OPTION_VARIABLES.contains(v.getName()) && v.getValue() != null)
                .map(EnvVar::getValue);
        return Stream.concat(variables, Stream.of(line));
    }
}
