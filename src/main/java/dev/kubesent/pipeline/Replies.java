package dev.kubesent.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Reply;
import dev.kubesent.report.IncidentEvent;
import dev.kubesent.report.Origin;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What came of an event, as an HTTP answer: the one place where owners of errors become status codes.
 *
 * <p>Never 500: Knative's source sends an event once on 500, and it is lost; on 503 it sends it six times. Never a body
 * that is no CloudEvent with a 2xx: a Broker makes a 502 of it (research/knative.md, "Reply rules").
 */
public final class Replies {

    /** Seconds. A relist of a busy API server, or our own restart, takes about that long. */
    private static final String RETRY_AFTER = "5";

    private static final String PROBLEM = "application/problem+json";

    /** Of a batch; how many there are is told as a number. */
    private static final int MOST_PROBLEMS = 10;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Replies() {}

    static Reply of(Handled handled, TellBack tellBack) {
        return switch (handled) {
            case Handled.Dropped _ -> Reply.empty(204);
            case Handled.Opened opened ->
                switch (tellBack) {
                    case TellBack.Nothing _ -> Reply.empty(202);
                    case TellBack.Incidents(var origin) -> told(opened, origin);
                };
            case Handled.Known _ -> Reply.empty(202);
            case Handled.Rejected(var problem) -> problem(problem);
            case Handled.TryAgain(var detail) -> tryAgain(detail);
        };
    }

    /** The worst of all: what must be sent again, else what was wrong, else whether anything was taken. */
    static Reply ofBatch(List<Handled> all, TellBack tellBack) {
        var worst = all.stream().mapToInt(Replies::severity).max().orElse(0);
        if (worst > 0) {
            return batchProblem(worst, all);
        }
        var incidents = all.stream()
                .filter(Handled.Opened.class::isInstance)
                .flatMap(h -> ((Handled.Opened) h).incidents().stream())
                .toList();
        if (incidents.isEmpty()) {
            return Reply.empty(all.stream().anyMatch(Handled.Known.class::isInstance) ? 202 : 204);
        }
        return switch (tellBack) {
            case TellBack.Nothing _ -> Reply.empty(202);
            case TellBack.Incidents(var origin) -> batch(new Handled.Opened(incidents), origin);
        };
    }

    public static Reply problem(Problem problem) {
        var kind = problem.kind();
        var reply = json(kind.status(), PROBLEM, problemBody(kind.status(), kind.title(), problem.detail()));
        var headers = new HashMap<>(reply.headers());
        if (kind.status() == 401) {
            headers.put("www-authenticate", "Bearer");
        }
        if (kind.status() == 429 || kind.status() == 503) {
            headers.put("retry-after", RETRY_AFTER);
        }
        return new Reply(kind.status(), headers, reply.body());
    }

    public static Reply tryAgain(String detail) {
        return later(json(503, PROBLEM, problemBody(503, "Try again later", detail)));
    }

    /**
     * What a sender is told of an error of the cluster: its kind. The API server's own words may hold what it was asked for, and who sends
     * may not be allowed to read it; they are in the log.
     */
    static String said(ClusterException e) {
        var what = switch (e.kind()) {
            case UNREACHABLE -> "the API server gives no answer";
            case BUSY -> "the API server is busy";
            case BROKEN -> "the API server has an error";
            case UNAUTHORIZED -> "the API server does not accept KubeSent's token";
            case FORBIDDEN -> "KubeSent has no right to do it";
            case NOT_FOUND -> "what was to be read or changed is not there";
            case ALREADY_EXISTS, CONFLICT -> "somebody else changed it meanwhile";
            case REJECTED -> "the API server refused it";
        };
        return e.advice() + what + "; the log of KubeSent has its words";
    }

    /** A sweep as a CloudEvent in binary mode, for whoever waited for it. */
    static Reply swept(Sweep.Swept swept, Origin origin) {
        var data = JSON.objectNode()
                .put("unfinished", swept.unfinished())
                .put("pods", swept.pods())
                .put("failing", swept.failing())
                .put("lost", swept.lost())
                .put("closed", swept.closed())
                .put("deleted", swept.deleted());
        return new Reply(
                200,
                Map.of(
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        UUID.randomUUID().toString(),
                        "ce-source",
                        origin.source(),
                        "ce-time",
                        origin.now().toString(),
                        "ce-type",
                        "dev.kubesent.sweep.finished",
                        "content-type",
                        "application/json"),
                bytes(data));
    }

    /** One incident as a CloudEvent in binary mode; several as a batch. */
    private static Reply told(Handled.Opened opened, Origin origin) {
        if (opened.incidents().size() != 1) {
            return batch(opened, origin);
        }
        var event = event(opened.incidents().getFirst(), origin);
        var headers = new HashMap<String, String>();
        event.attributes().forEach((name, value) -> headers.put("ce-" + name, value));
        headers.remove("ce-datacontenttype");
        headers.put("content-type", "application/json");
        return new Reply(200, headers, bytes(event.data()));
    }

    /** As many as an answer may hold. */
    private static Reply batch(Handled.Opened opened, Origin origin) {
        var array = JSON.arrayNode();
        int length = 2;
        for (var incident : opened.incidents()) {
            var envelope = event(incident, origin).envelope();
            length += bytes(envelope).length + 1;
            if (length > Reply.LONGEST) {
                break;
            }
            array.add(envelope);
        }
        return new Reply(200, Map.of("content-type", "application/cloudevents-batch+json"), bytes(array));
    }

    private static IncidentEvent event(Incident incident, Origin origin) {
        return IncidentEvent.of(incident, origin.source(), origin.now());
    }

    /** What has to be sent again comes before what is unusable. */
    private static int severity(Handled handled) {
        return switch (handled) {
            case Handled.Dropped _, Handled.Opened _, Handled.Known _ -> 0;
            case Handled.Rejected(var problem) -> problem.kind().status() == 429 ? 2 : 1;
            case Handled.TryAgain _ -> 3;
        };
    }

    /** The first problems, and how many there are. */
    private static Reply batchProblem(int worst, List<Handled> all) {
        var status = worst == 3 ? 503 : worst == 2 ? 429 : 400;
        var count = all.stream().filter(handled -> severity(handled) > 0).count();
        var body = problemBody(
                status,
                worst == 1 ? "Some events of the batch are unusable" : "Send the batch again later",
                "%d of %d events were not handled, the others were".formatted(count, all.size()));
        var outcomes = body.putArray("outcomes");
        for (int i = 0; i < all.size() && outcomes.size() < MOST_PROBLEMS; i++) {
            if (severity(all.get(i)) > 0) {
                var reply = of(all.get(i), new TellBack.Nothing());
                outcomes.addObject()
                        .put("index", i)
                        .put("status", reply.status())
                        .put("detail", reply.text());
            }
        }
        var reply = json(status, PROBLEM, body);
        return worst == 1 ? reply : later(reply);
    }

    /** With when to come again. */
    private static Reply later(Reply reply) {
        var headers = new HashMap<>(reply.headers());
        headers.put("retry-after", RETRY_AFTER);
        return new Reply(reply.status(), headers, reply.body());
    }

    private static ObjectNode problemBody(int status, String title, String detail) {
        return JSON.objectNode().put("title", title).put("status", status).put("detail", detail);
    }

    private static Reply json(int status, String contentType, ObjectNode body) {
        return new Reply(status, Map.of("content-type", contentType), bytes(body));
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
