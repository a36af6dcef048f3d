package dev.kubesent.command;

import dev.kubesent.api.v1alpha1.DiagnosisRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.OpinionRecord;
import dev.kubesent.api.v1alpha1.OutcomeRecord;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.redaction.Legible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One incident as a story: evidence, change, verdict, what happened, and what can be done. */
record Told(Incident incident) {

    private record Line(String what, String text) {}

    String as(Output output) {
        return switch (output) {
            case TABLE -> text();
            case MARKDOWN -> markdown();
            case JSON -> Rendering.json(tree());
            case YAML -> KubernetesJson.yaml(tree()).stripTrailing();
        };
    }

    /** The record of an intent may hold a pod's whole environment, and is left out. */
    private Map<String, Object> tree() {
        return Map.of("incident", incident.withoutRecord(), "you", Asked.wholly(incident));
    }

    private String title() {
        var meta = incident.getMetadata();
        return "%s/%s  %s"
                .formatted(
                        meta.getNamespace(), meta.getName(), incident.progress().phase());
    }

    private String text() {
        var lines = new ArrayList<String>();
        lines.add(title());
        for (var line : lines()) {
            lines.add("  %-8s %s"
                    .formatted(
                            line.what, Legible.block(line.text).stripTrailing().replace("\n", "\n           ")));
        }
        return String.join("\n", lines);
    }

    private String markdown() {
        var rows = lines().stream()
                .map(line -> List.of(line.what, line.text.strip().replace("\n", " / ")))
                .toList();
        return "## " + Rendering.cell(title()) + "\n\n" + Rendering.markdown(List.of("what", "text"), rows);
    }

    private List<Line> lines() {
        var status = incident.progress();
        var lines = new ArrayList<Line>();
        lines.add(new Line(
                "fails",
                "%s: %s%s"
                        .formatted(
                                status.workload().isEmpty() ? incident.getSpec().ownerName() : status.workload(),
                                incident.getSpec().failure(),
                                incident.getSpec().container().isEmpty()
                                        ? ""
                                        : " in container " + incident.getSpec().container())));
        diagnosis(status.diagnosis(), lines);
        opinion(status.opinion(), lines);
        verdict(status.verdict(), lines);
        outcome(status.outcome(), lines);
        status.story().forEach(line -> lines.add(new Line("story", line)));
        Asked.wholly(incident).forEach(line -> lines.add(new Line("you", line)));
        return lines;
    }

    private static void diagnosis(@Nullable DiagnosisRecord diagnosis, List<Line> lines) {
        if (diagnosis == null) {
            return;
        }
        lines.add(new Line(
                "cause",
                "%s, confidence %d: %s".formatted(diagnosis.cause(), diagnosis.confidence(), diagnosis.explanation())));
        diagnosis.evidence().forEach(line -> lines.add(new Line("because", line)));
        diagnosis.missing().forEach(line -> lines.add(new Line("unread", line)));
        diagnosis.drillDown().forEach(line -> lines.add(new Line("look", line)));
        if (!diagnosis.page().isEmpty()) {
            lines.add(new Line("page", diagnosis.page()));
        }
    }

    private static void opinion(@Nullable OpinionRecord opinion, List<Line> lines) {
        if (opinion != null) {
            lines.add(new Line("model", opinion.note()));
        }
    }

    private static void verdict(@Nullable VerdictRecord verdict, List<Line> lines) {
        if (verdict == null) {
            return;
        }
        if (!verdict.change().isEmpty()) {
            lines.add(new Line("change", verdict.change()));
        }
        lines.add(new Line("verdict", verdict.decision()));
        verdict.reasons().forEach(reason -> lines.add(new Line("reason", reason)));
    }

    private static void outcome(@Nullable OutcomeRecord outcome, List<Line> lines) {
        if (outcome != null) {
            lines.add(new Line("outcome", outcome.detail()));
        }
    }
}
