package dev.kubesent.lambda;

import dev.kubesent.event.Request;
import java.util.List;

/** One invocation, by who reads its answer. */
public sealed interface Invocation {

    /** From a function URL, an API Gateway or a load balancer: a client waits for an answer. */
    record Http(String method, String path, Request request) implements Invocation {}

    /** The same, with a body that is not what it says it is. */
    record MalformedHttp(String why) implements Invocation {}

    /** From a queue: what is named in the answer is delivered again. */
    record Batch(List<Message> messages) implements Invocation {
        public Batch {
            messages = List.copyOf(messages);
        }
    }

    /** From a bus, a topic or a schedule, or from a caller: an error has the invocation repeated. */
    record Told(List<Payload> carried) implements Invocation {
        public Told {
            carried = List.copyOf(carried);
        }
    }

    /** @param id by which the queue knows it */
    record Message(String id, Payload carried) {}
}
