package dev.kubesent.pipeline;

import dev.kubesent.report.Origin;

/** What whoever has sent an event is answered with. */
public sealed interface TellBack {

    /** Only whether there is an incident: a source reads no more. */
    record Nothing() implements TellBack {}

    /** The incidents themselves, as CloudEvents. */
    record Incidents(Origin origin) implements TellBack {}
}
