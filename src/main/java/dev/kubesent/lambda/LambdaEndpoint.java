package dev.kubesent.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Replies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One invocation in, its answer out, healed in between: what Lambda freezes after the answer would be half done. */
public final class LambdaEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(LambdaEndpoint.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Runnable begin;
    private final HttpDoor door;
    private final Function<Request, Reply> heal;
    private final Function<Request, Reply> sweep;

    /** @param begin told of each invocation @param heal @param sweep which never throw */
    public LambdaEndpoint(
            Runnable begin, HttpDoor door, Function<Request, Reply> heal, Function<Request, Reply> sweep) {
        this.begin = begin;
        this.door = door;
        this.heal = heal;
        this.sweep = sweep;
    }

    /** @throws InvocationFailedException where only an error makes Lambda try again, or tells the sender that it was wrong */
    public byte[] answer(byte[] payload) {
        begin.run();
        return switch (InvocationReader.read(payload)) {
            case Invocation.Http(var method, var path, var request) -> http(door.answer(method, path, request));
            case Invocation.MalformedHttp(var why) -> http(unusable(why));
            case Invocation.Batch(var messages) -> batch(messages);
            case Invocation.Told(var carried) -> told(carried);
        };
    }

    private static byte[] http(Reply reply) {
        return bytes(body(reply).put("isBase64Encoded", false));
    }

    /** "Reporting batch item failures": what is not named is deleted from the queue. */
    private byte[] batch(List<Invocation.Message> messages) {
        var answer = JSON.objectNode();
        var failures = answer.putArray("batchItemFailures");
        for (var message : messages) {
            var reply = reply(message.carried());
            if (!isGood(reply)) {
                LOG.warn("message {} is given back to its queue: {} {}", message.id(), reply.status(), reply.text());
                failures.addObject().put("itemIdentifier", message.id());
            }
        }
        return bytes(answer);
    }

    private byte[] told(List<Payload> carried) {
        var replies = carried.stream().map(this::reply).toList();
        for (var reply : replies) {
            if (!isGood(reply)) {
                throw new InvocationFailedException(reply.status() + " " + reply.text());
            }
        }
        return bytes(replies.stream().map(LambdaEndpoint::body).findFirst().orElseGet(JSON::objectNode));
    }

    private Reply reply(Payload carried) {
        return switch (carried) {
            case Payload.Event(var request) -> heal.apply(request);
            case Payload.Tick _ -> sweep.apply(new Request(Map.of(), new byte[0]));
            case Payload.Unusable(var why) -> unusable(why);
        };
    }

    private static Reply unusable(String why) {
        return Replies.problem(new Problem(Problem.Kind.NOT_A_CLOUD_EVENT, why));
    }

    private static boolean isGood(Reply reply) {
        return reply.status() < 300;
    }

    private static ObjectNode body(Reply reply) {
        var body = JSON.objectNode().put("statusCode", reply.status());
        reply.headers().forEach(body.putObject("headers")::put);
        return body.put("body", reply.text());
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
