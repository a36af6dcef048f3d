package dev.kubesent.ui;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the page's requests, whichever server took them. Safe for several threads. */
public final class Page {

    private static final String API = "/ui/api/";

    private static final Pattern ONE = Pattern.compile("/ui/api/incidents/([^/]+)/([^/]+)(/approve|/reject)?");

    private final Door door;
    private final Board board;
    private final Decisions decisions;

    private Page(Door door, Board board, Decisions decisions) {
        this.door = door;
        this.board = board;
        this.decisions = decisions;
    }

    /** For the cluster of a person's kubeconfig: nobody without the {@link #token} is told anything. */
    static Page withToken(ClusterReader reader, Word word, Place place, Clock clock) {
        var board = new Board(reader, place, clock);
        return new Page(Door.withToken(), board, new Decisions(board, Optional.of(word)));
    }

    /** For the local run: nothing can be changed, and there are only samples to see. */
    public static Page readOnly(ClusterReader reader, String cluster, Clock clock) {
        var board = new Board(reader, new Place(cluster, "", false), clock);
        return new Page(Door.withoutToken(), board, new Decisions(board, Optional.empty()));
    }

    String token() {
        return door.token().orElse("");
    }

    /** Whether a path is the page's, where others share the server. Events are posted to {@code /}, and stay whose they are. */
    public static boolean isFor(String method, String path) {
        return path.startsWith("/ui/") || (path.equals("/") && method.equals("GET"));
    }

    /** Never fails: what goes wrong is said in the answer. */
    public Answer answer(Asked asked) {
        try {
            return door.refusal(asked, !asked.path().startsWith(API)).orElseGet(() -> letIn(asked));
        } catch (ClusterException e) {
            return Unread.answer(e);
        }
    }

    private Answer letIn(Asked asked) {
        var file = Assets.at(asked.path());
        if (file.isPresent()) {
            return asked.method().equals("GET") ? file.get() : notAllowed("GET");
        }
        if (asked.path().equals(API + "incidents")) {
            return asked.method().equals("GET") ? Answer.json(board.overview()) : notAllowed("GET");
        }
        var one = ONE.matcher(asked.path());
        if (!one.matches()
                || Name.parseLabel(one.group(1)).isEmpty()
                || Name.parse(one.group(2)).isEmpty()) {
            return Answer.problem(404, "There is no such page.");
        }
        if (one.group(3) == null) {
            return asked.method().equals("GET") ? incident(one.group(1), one.group(2)) : notAllowed("GET");
        }
        return asked.method().equals("POST") ? decision(one, asked.body()) : notAllowed("POST");
    }

    private Answer decision(Matcher one, byte[] body) {
        return one.group(3).equals("/approve")
                ? decisions.approve(one.group(1), one.group(2), body)
                : decisions.reject(one.group(1), one.group(2), body);
    }

    private Answer incident(String namespace, String name) {
        return board.incident(namespace, name)
                .map(incident -> Answer.json(Told.of(incident)))
                .orElseGet(() -> Answer.problem(
                        404, "There is no incident '%s' in namespace %s any more.".formatted(name, namespace)));
    }

    private static Answer notAllowed(String method) {
        return Answer.problem(405, "Only " + method + " is answered here.");
    }
}
