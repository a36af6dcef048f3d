package dev.kubesent.scan;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.command.Rendering;
import dev.kubesent.redaction.Legible;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a report is printed. */
public enum Format {
    TABLE(Format::table),
    MARKDOWN(Format::markdown),
    JSON(Rendering::json),
    YAML(KubernetesJson::yaml);

    /** Lines of evidence on a terminal, and characters of each; JSON and YAML have them all. */
    private static final int SHOWN = 3;

    private static final int LONGEST = 240;

    private final Function<ScanReport, String> text;

    Format(Function<ScanReport, String> text) {
        this.text = text;
    }

    /** Ends without a line break. */
    public String of(ScanReport report) {
        return text.apply(report).stripTrailing();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String table(ScanReport report) {
        return lines(report.found().stream().map(Format::paragraph), summary(report), report.unread());
    }

    private static String paragraph(Found found) {
        return """
            %s/%s, container %s: %s%s
              %s, confidence %d: %s
              %s
            """.formatted(
                        found.namespace(),
                        found.workload(),
                        found.container(),
                        found.failure(),
                        pods(found),
                        found.cause(),
                        found.confidence(),
                        Legible.line(found.why()),
                        Stream.of(
                                        found.evidence().stream().limit(SHOWN).map(line -> "because  " + cut(line)),
                                        Stream.of(found.would())
                                                .filter(would -> !would.isEmpty())
                                                .map(would -> "KubeSent would " + Legible.line(would)),
                                        Stream.of(found.tried())
                                                .filter(tried -> !tried.isEmpty())
                                                .map(tried -> "tried    " + Legible.line(tried)),
                                        Stream.of("you      "
                                                + Legible.block(found.you()).replace("\n", "\n           ")),
                                        found.unread().stream().map(line -> "unread   " + Legible.line(line)))
                                .flatMap(part -> part)
                                .collect(Collectors.joining("\n  ")));
    }

    private static String cut(String line) {
        var shown = Legible.line(line);
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + " …";
    }

    private static String pods(Found found) {
        return found.pods() == 1
                ? " (pod " + found.pod() + ")"
                : " (%d pods, as %s)".formatted(found.pods(), found.pod());
    }

    private static String markdown(ScanReport report) {
        var rows = report.found().stream()
                .map(found -> "| %s | %s | %s | %s | %d | %s | %s |"
                        .formatted(
                                found.namespace(),
                                found.workload(),
                                found.failure(),
                                found.cause(),
                                found.confidence(),
                                Rendering.cell(found.why()),
                                Rendering.cell(
                                        found.would().isEmpty() ? found.you() : "KubeSent would " + found.would())));
        return lines(
                Stream.concat(
                        Stream.of(
                                "| namespace | workload | failure | cause | confidence | why | what to do |",
                                "| --- | --- | --- | --- | --- | --- | --- |"),
                        rows),
                "\n" + summary(report),
                report.unread());
    }

    private static String lines(Stream<String> parts, String summary, List<String> unread) {
        return Stream.of(parts, Stream.of(summary), unread.stream().map(line -> "not looked at: " + Legible.line(line)))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n"));
    }

    private static String summary(ScanReport report) {
        return "%d pods looked at, %s."
                .formatted(
                        report.pods(),
                        switch (report.found().size()) {
                            case 0 -> report.isWhole() ? "nothing fails" : "no failure in what could be looked at";
                            case 1 -> "1 failure";
                            default -> report.found().size() + " failures";
                        });
    }
}
