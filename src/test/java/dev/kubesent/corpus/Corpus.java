package dev.kubesent.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks the doctor, without a model, about reports; as {@code /diagnose} answers them. */
final class Corpus {

    /** What is "now" in every request. */
    private static final Clock AS_OF = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final DiagnoseEndpoint DOCTOR =
            new DiagnoseEndpoint(Doctor.none(), ScenarioRun.defaultPolicies(), 1 << 20, 4, AS_OF);

    private Corpus() {}

    static List<Verdict.Judged> judge(Path folder) {
        return Report.below(folder).stream().map(Corpus::judge).toList();
    }

    static Verdict.Judged judge(Report report) {
        var reply = DOCTOR.answer(request(report.request()));
        return Verdict.judge(report, reply.status(), json(reply.body()));
    }

    /** The answer to a question; empty fields where there is none. */
    static JsonNode ask(JsonNode request) {
        return json(DOCTOR.answer(request(request)).body());
    }

    private static Request request(JsonNode body) {
        return new Request(
                Map.of("content-type", "application/json"), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of each verdict, by kind, and of all; and how many of the wrong ones were sure. */
    static String table(List<Verdict.Judged> judged) {
        var byKind = new TreeMap<>(judged.stream()
                .collect(Collectors.groupingBy(one -> one.report().kind())));
        var text = new StringBuilder("%-44s".formatted("kind"));
        Arrays.stream(Verdict.values()).forEach(verdict -> text.append("%11s".formatted(verdict)));
        text.append("%6s%n".formatted("all"));
        byKind.forEach((kind, some) -> text.append(row(kind, some)));
        text.append(row("all", judged));
        for (var least : List.of(80, 90)) {
            var sure = judged.stream().filter(one -> one.confidence() >= least).toList();
            text.append("of %d answers at %d and more, %d right, %d wrong%n"
                    .formatted(sure.size(), least, count(sure, Verdict.RIGHT), count(sure, Verdict.WRONG)));
        }
        return text.toString();
    }

    private static String row(String kind, List<Verdict.Judged> some) {
        var text = new StringBuilder("%-44s".formatted(kind));
        Arrays.stream(Verdict.values()).forEach(verdict -> {
            var count = count(some, verdict);
            text.append("%11s".formatted(count == 0 ? "-" : count));
        });
        return text.append("%6d%n".formatted(some.size())).toString();
    }

    /** How many of each verdict, and how many of the sure ones were right: is the scale true? */
    static String summary(List<Verdict.Judged> judged) {
        var text = new StringBuilder();
        Arrays.stream(Verdict.values())
                .forEach(verdict -> text.append("  %-9s %4d%n".formatted(verdict, count(judged, verdict))));
        text.append("  of %d, %d %% right%n"
                .formatted(judged.size(), 100 * count(judged, Verdict.RIGHT) / Math.max(1, judged.size())));
        text.append(between(judged, 90, 100)).append(between(judged, 80, 89)).append(between(judged, 0, 79));
        return text.toString();
    }

    private static String between(List<Verdict.Judged> judged, int from, int to) {
        var some = judged.stream()
                .filter(one -> one.confidence() >= from && one.confidence() <= to)
                .toList();
        return "  confidence %2d to %3d: %3d answers, %3d right, %2d wrong%n"
                .formatted(from, to, some.size(), count(some, Verdict.RIGHT), count(some, Verdict.WRONG));
    }

    static long count(List<Verdict.Judged> some, Verdict verdict) {
        return some.stream().filter(one -> one.verdict() == verdict).count();
    }

    /** Prints one line a report and the table: of each folder that is named. With -v the whole answers. */
    static void main(String[] args) {
        var isWhole = List.of(args).contains("-v");
        for (var folder : args) {
            if (folder.equals("-v")) {
                continue;
            }
            var judged = judge(Path.of(folder));
            for (var one : judged) {
                System.out.println(one);
                if (isWhole) {
                    System.out.println("    " + ask(one.report().request()).toPrettyString());
                }
            }
            System.out.println(table(judged));
        }
    }
}
