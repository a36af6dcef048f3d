package dev.kubesent.lambda;

import dev.kubesent.event.Request;

/** What a message of AWS carried. */
public sealed interface Carried {

    /** An event, as a source would have sent it over HTTP. */
    record Event(Request request) implements Carried {}

    /** Time has passed: a sweep is due. */
    record Tick() implements Carried {}

    /** Nothing that KubeSent reads. */
    record Unusable(String why) implements Carried {}
}
