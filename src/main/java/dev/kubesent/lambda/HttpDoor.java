package dev.kubesent.lambda;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;

/** What answers HTTP, from whatever transport: who may come in, which function is asked, and its answer. Never throws. */
@FunctionalInterface
public interface HttpDoor {

    Reply answer(String method, String path, Request request);
}
