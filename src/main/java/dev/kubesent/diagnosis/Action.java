package dev.kubesent.diagnosis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What could be done about a cause: a closed set, whose amounts and places our code computes later. */
public sealed interface Action {

    /** Nothing that KubeSent does would help. @param advice what a person could do */
    record None(String advice) implements Action {

        /** With what the chapter of a cause advises. */
        public static None of(Cause cause) {
            return new None(cause.advice());
        }
    }

    /** A higher memory limit for the failing container. */
    record RaiseMemory() implements Action {}

    /** The pod template of an earlier revision, whose pods live. */
    record RollBack() implements Action {}

    /** Another tag of the same repository, which runs here. @param image as that one's pods name it */
    record CorrectImage(String image) implements Action {}

    /** A startupProbe beside the liveness probe that kills a container while it starts. @param allow how long the start may take */
    record AllowStart(Duration allow) implements Action {}

    /** A liveness probe that asks whether the port is open, in place of a path that a serving program answers with "no such thing". */
    record AskThePort() implements Action {}

    /**
     * Another pod in place of this one, since its siblings of the same template live.
     *
     * @param certainty 0 to 100, as {@link Confidence} says, that it is this pod alone, whatever the cause
     */
    record Restart(int certainty) implements Action {}

    /** What a model's patch sets. Its word permits nothing: a person has to. */
    record SetField(Suggestion suggestion) implements Action {}

    /** The causes that a deterministic rule knows this action to cure. No diagnosis, a model's included, goes past it. */
    default List<Cause> cures() {
        return switch (this) {
            case None _ -> List.of(Cause.values());
            case RaiseMemory _ ->
                List.of(Cause.MEMORY_LIMIT_TOO_LOW, Cause.TOO_SMALL_TO_START, Cause.JAVA_HEAP_AGAINST_LIMIT);
            case RollBack _, SetField _ ->
                Arrays.stream(Cause.values()).filter(Cause::isOfRevision).toList();
            case CorrectImage _ -> List.of(Cause.IMAGE_NOT_FOUND);
            case AllowStart _ -> List.of(Cause.PROBE_TOO_EARLY);
            case AskThePort _ -> List.of(Cause.PROBE_WRONG_PATH);
            case Restart _ ->
                Arrays.stream(Cause.values()).filter(Cause::mayBeOfOnePod).toList();
        };
    }
}
