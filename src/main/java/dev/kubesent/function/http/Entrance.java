package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Replies;
import dev.kubesent.sender.Doorkeeper;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What is answered before anybody looks at a body, over HTTP as through Lambda. */
public final class Entrance {

    /** Where events are taken. */
    public static final Set<String> EVENTS = Set.of("/", "/heal");

    private static final String METHODS = "POST, OPTIONS";

    private final Doorkeeper doorkeeper;
    private final Set<String> paths;

    /** @param paths that are served */
    public Entrance(Doorkeeper doorkeeper, Set<String> paths) {
        this.paths = paths;
        this.doorkeeper = doorkeeper;
    }

    /** Where nobody is let in. */
    static Entrance shut() {
        return new Entrance(new Doorkeeper(Optional.empty(), Clock.systemUTC()), Set.of());
    }

    /** @return empty where the request is let in @param path exactly as it was sent @param headers made where they are looked at */
    public Optional<Reply> instead(String method, String path, Supplier<Request> headers) {
        if (!paths.contains(path)) {
            // Left open, every function of the catalog, and /functionRouter, would be callable by its name.
            return Optional.of(Reply.empty(404));
        }
        return switch (method) {
            case "POST" -> doorkeeper.whyNot(path, headers).map(Replies::problem);
            case "OPTIONS" -> Optional.of(handshake());
            default -> Optional.of(new Reply(405, Map.of("allow", METHODS), new byte[0]));
        };
    }

    /** CloudEvents HTTP webhook, 4: a sender that asks may send. */
    private static Reply handshake() {
        return new Reply(
                200, Map.of("allow", METHODS, "webhook-allowed-origin", "*", "webhook-allowed-rate", "*"), new byte[0]);
    }
}
