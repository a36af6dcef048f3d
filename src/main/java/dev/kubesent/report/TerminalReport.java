package dev.kubesent.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentSpec;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Reply;
import dev.kubesent.redaction.Legible;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A reply for a person at a terminal: what was seen, on what it rests, why, what was decided and done. */
public final class TerminalReport {

    private static final String LABEL = "  %-10s %s";

    private final Colour colour;

    public TerminalReport(Colour colour) {
        this.colour = colour;
    }

    /** @param name of the event's file */
    public String render(String name, Reply reply) {
        var lines = new ArrayList<String>();
        lines.add(colour.bold("● " + name));
        if (reply.status() == 204) {
            lines.add(LABEL.formatted("dropped", colour.dim("nothing is failing (204)")));
        } else if (reply.status() >= 400) {
            var problem = json(reply);
            lines.add(LABEL.formatted(
                    "rejected", colour.yellow(problem.path("title").asText() + " (" + reply.status() + ")")));
            lines.add(LABEL.formatted("", Legible.line(problem.path("detail").asText())));
        } else if (reply.body().length == 0) {
            lines.add(LABEL.formatted("accepted", "kubectl get incidents shows what comes of it (202)"));
        } else {
            var data = json(reply);
            var all =
                    data.isArray() ? data.valueStream().map(e -> e.path("data")).toList() : List.of(data);
            all.forEach(incident -> incident(incident, lines));
        }
        return String.join("\n", lines) + "\n";
    }

    /** What has become of what was found. */
    public String incidents(Duration later, List<Incident> incidents) {
        var rows = incidents.stream()
                .map(incident -> "  %-24s %-18s %-26s %s"
                        .formatted(
                                incident.progress().workload(),
                                incident.getSpec().failure(),
                                cause(incident),
                                decision(
                                        incident.progress().phase(),
                                        incident.progress().phase().name())))
                .collect(Collectors.joining("\n"));
        return colour.bold("%d minutes later, after a sweep".formatted(later.toMinutes())) + "\n"
                + "  %-24s %-18s %-26s %s%n".formatted("WORKLOAD", "FAILURE", "CAUSE", "PHASE") + rows + "\n";
    }

    private static String cause(Incident incident) {
        var diagnosis = incident.progress().diagnosis();
        return diagnosis == null ? "" : diagnosis.cause();
    }

    /** What the cluster looks like now. */
    public String pods(List<Pod> pods) {
        var rows = pods.stream().map(TerminalReport::row).collect(Collectors.joining("\n"));
        return colour.bold("The embedded cluster now") + "\n"
                + "  %-32s %-20s %s%n".formatted("POD", "STATUS", "MEMORY LIMIT") + rows + "\n";
    }

    private void incident(JsonNode data, List<String> lines) {
        var spec = KubernetesJson.as(data.path("spec"), IncidentSpec.class);
        var status = KubernetesJson.as(data.path("status"), IncidentStatus.class);
        lines.add(LABEL.formatted(
                "seen",
                "%s in container %s of %s"
                        .formatted(colour.red(spec.failure().name()), spec.container(), status.workload())));
        var diagnosis = status.diagnosis();
        if (diagnosis != null) {
            diagnosis.evidence().forEach(line -> lines.add(LABEL.formatted("evidence", colour.dim(line))));
            lines.add(LABEL.formatted(
                    "cause",
                    "%s (confidence %d): %s"
                            .formatted(
                                    colour.bold(diagnosis.cause()), diagnosis.confidence(), diagnosis.explanation())));
        }
        var opinion = status.opinion();
        if (opinion != null) {
            lines.add(LABEL.formatted(
                    "model", opinion.source().isEmpty() ? opinion.note() : opinion.source() + ": " + opinion.note()));
        }
        var verdict = status.verdict();
        if (verdict != null) {
            lines.add(LABEL.formatted("verdict", decision(status.phase(), verdict.decision())));
            verdict.reasons().forEach(reason -> lines.add(LABEL.formatted("  why not", reason)));
            verdict.change().lines().forEach(line -> lines.add(LABEL.formatted("change", diff(line))));
        }
        var outcome = status.outcome();
        if (outcome != null) {
            lines.add(LABEL.formatted("outcome", outcome.detail()));
            if (!outcome.verification().isEmpty()) {
                lines.add(LABEL.formatted("confirmed", colour.dim(outcome.verification())));
            }
        }
        lines.add(LABEL.formatted("incident", colour.dim(data.path("name").asText())));
    }

    private String decision(Phase phase, String decision) {
        return phase.isGood() ? colour.green(decision) : colour.yellow(decision);
    }

    private String diff(String line) {
        if (line.startsWith("+")) {
            return colour.green(line);
        }
        return line.startsWith("-") ? colour.red(line) : line;
    }

    private static String row(Pod pod) {
        var status = pod.getStatus().getContainerStatuses().stream()
                .map(c -> {
                    if (c.getState().getWaiting() != null) {
                        return c.getState().getWaiting().getReason();
                    }
                    return c.getState().getTerminated() != null
                            ? c.getState().getTerminated().getReason()
                            : "Running";
                })
                .collect(Collectors.joining(","));
        var limits = pod.getSpec().getContainers().stream()
                .map(TerminalReport::limit)
                .collect(Collectors.joining(","));
        return "  %-32s %-20s %s".formatted(pod.getMetadata().getName(), status, limits);
    }

    private static String limit(Container container) {
        var resources = container.getResources();
        return resources == null
                        || resources.getLimits() == null
                        || !resources.getLimits().containsKey("memory")
                ? "-"
                : String.valueOf(resources.getLimits().get("memory"));
    }

    private static JsonNode json(Reply reply) {
        try {
            return KubernetesJson.parseJson(reply.body(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("our own reply is not JSON", e);
        }
    }
}
