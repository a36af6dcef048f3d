package dev.kubesent.remedy.engine;

import dev.kubesent.cluster.ClusterException;

/** What became of an act. */
public sealed interface Outcome {

    String detail();

    /** Done. @param verification how it was confirmed */
    record Applied(String detail, String verification) implements Outcome {}

    /** Done, and something made another of it: it counts as a change, and is none that was wanted. */
    record Altered(String detail) implements Outcome {}

    /** Somebody else changed the target meanwhile; theirs stands. */
    record Superseded(String detail) implements Outcome {}

    /** The target is not what was judged any more, and nothing was done: decide again. */
    record Stale(String detail) implements Outcome {}

    /** Half done, waiting for the cluster. The intent is kept whole, and any process goes on from it. */
    record Waiting(String detail) implements Outcome {}

    /** Begun, refused, and put back as it was: it counts as a change that did not help, and is not tried again. */
    record PutBack(String detail) implements Outcome {}

    /** The API server refused; nothing more will be tried. */
    record Failed(String detail) implements Outcome {}

    /** What a refused first write means; no answer at all is passed on, since it says nothing about what happened. */
    static Outcome refused(ClusterException e) {
        return switch (e.kind()) {
            case CONFLICT, REJECTED, NOT_FOUND -> new Stale(String.valueOf(e.getMessage()));
            case FORBIDDEN, UNAUTHORIZED, ALREADY_EXISTS -> new Failed(String.valueOf(e.getMessage()));
            case UNREACHABLE, BUSY, BROKEN -> throw e;
        };
    }
}
