package dev.kubesent.remedy;

/** What became of an act. */
public sealed interface Outcome {

    String detail();

    /** Done, and the API server confirmed it. */
    record Applied(String detail) implements Outcome {}

    /** Somebody else changed the target meanwhile; theirs stands. */
    record Superseded(String detail) implements Outcome {}

    /** The target is not what was judged any more, and nothing was done: decide again. */
    record Stale(String detail) implements Outcome {}

    /** Half done, waiting for the cluster; whoever comes next goes on from the intent. */
    record Waiting(String detail) implements Outcome {}

    /** The API server refused; nothing more will be tried. */
    record Failed(String detail) implements Outcome {}
}
