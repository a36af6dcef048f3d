package dev.kubesent.lambda;

import dev.kubesent.event.Request;

/** What a message of AWS carried. */
public sealed interface Payload {

    /** An event, as a source would have sent it over HTTP. */
    record Event(Request request) implements Payload {}

    /** Time has passed: a sweep is due. */
    record Tick() implements Payload {}

    /** Nothing that KubeSent reads. */
    record Unusable(String why) implements Payload {}
}
