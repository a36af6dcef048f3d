package dev.kubesent.function.http;

import dev.kubesent.event.Glance;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What heals, as the door asks it while there is no application.
 *
 * @param entrance who may send, which it takes a cluster to know where senders show tokens
 * @param glance answers an event that needs no function
 * @param functions answers by path, one of {@link #PATHS}, what is let in
 * @param droppedBefore counts an event that was answered before this was there
 * @param alive the liveness probe
 * @param ready the readiness probe
 */
public record CoreFunctions(
        Entrance entrance,
        Glance glance,
        BiFunction<String, Request, Reply> functions,
        Runnable droppedBefore,
        Supplier<Reply> alive,
        Supplier<Reply> ready) {

    /** Events, and what a source of sweeps sends to: all that wakes a function that sleeps. */
    public static final Set<String> PATHS = Set.of("/", "/heal", "/sweep");
}
