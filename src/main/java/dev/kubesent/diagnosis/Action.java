package dev.kubesent.diagnosis;

import dev.kubesent.api.v1alpha1.Cause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What could be done about a cause: a closed set, whose amounts and places our code computes later. What is asked of each stands with it. */
public sealed interface Action {

    /** As an incident names it. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** Whether it changes anything. */
    default boolean isHealing() {
        return true;
    }

    /** What a person does next; of what KubeSent can do, also what that would be. @param container the failing one */
    String advice(String container);

    /** The causes that a deterministic rule knows this action to cure. No diagnosis, a model's included, goes past it. */
    List<Cause> cures();

    /** Another value of one field of the failing container, in the template of its workload. */
    sealed interface OfOneField extends Action {}

    /** Nothing that KubeSent does would help. @param advice what a person could do */
    record None(String advice) implements Action {

        /** With what the chapter of a cause advises. */
        public static None of(Cause cause) {
            return new None(cause.advice());
        }

        @Override
        public String label() {
            return "None: " + advice;
        }

        @Override
        public boolean isHealing() {
            return false;
        }

        @Override
        public String advice(String container) {
            return advice;
        }

        @Override
        public List<Cause> cures() {
            return List.of(Cause.values());
        }
    }

    /** A higher memory limit for the failing container. */
    record RaiseMemory() implements Action {

        @Override
        public String advice(String container) {
            return "KubeSent can raise the memory limit of container %s. Do the same in its manifest, or find out what needs so much memory."
                    .formatted(container);
        }

        @Override
        public List<Cause> cures() {
            return List.of(Cause.MEMORY_LIMIT_TOO_LOW, Cause.TOO_SMALL_TO_START, Cause.JAVA_HEAP_AGAINST_LIMIT);
        }
    }

    /** The pod template of an earlier revision, whose pods live. */
    record RollBack() implements Action {

        @Override
        public String advice(String container) {
            return "KubeSent can go back to the last revision whose pods were healthy. Do the same (kubectl rollout"
                    + " undo), or fix what the new revision brought.";
        }

        @Override
        public List<Cause> cures() {
            return Arrays.stream(Cause.values()).filter(Cause::isOfRevision).toList();
        }
    }

    /** Another tag of the same repository, which runs here. @param image as that one's pods name it */
    record CorrectImage(String image) implements OfOneField {

        @Override
        public String label() {
            return "CorrectImage: " + image;
        }

        @Override
        public String advice(String container) {
            return "KubeSent can set the image of container %s to %s, which runs here. Do the same in its manifest, or push the tag that is missing."
                    .formatted(container, image);
        }

        @Override
        public List<Cause> cures() {
            return List.of(Cause.IMAGE_NOT_FOUND);
        }
    }

    /** A startupProbe beside the liveness probe that kills a container while it starts. @param allow how long the start may take */
    record AllowStart(Duration allow) implements OfOneField {

        @Override
        public String label() {
            return "AllowStart: " + allow.toSeconds() + " s";
        }

        @Override
        public String advice(String container) {
            return "KubeSent can add a startupProbe that gives container %s %d s to start. Do the same in its manifest, or make its start faster."
                    .formatted(container, allow.toSeconds());
        }

        @Override
        public List<Cause> cures() {
            return List.of(Cause.PROBE_TOO_EARLY);
        }
    }

    /** A liveness probe that asks whether the port is open, in place of a path that a serving program answers with "no such thing". */
    record AskThePort() implements OfOneField {

        @Override
        public String advice(String container) {
            return "KubeSent can have the liveness probe of container %s ask whether its port is open. Do the same in its manifest, or give the probe a path that the program has."
                    .formatted(container);
        }

        @Override
        public List<Cause> cures() {
            return List.of(Cause.PROBE_WRONG_PATH);
        }
    }

    /**
     * Another pod in place of this one, since its siblings of the same template live.
     *
     * @param certainty 0 to 100, as {@link Confidence} says, that it is this pod alone, whatever the cause
     */
    record Restart(int certainty) implements Action {

        @Override
        public String advice(String container) {
            return "KubeSent can put another pod in the place of this one, since others of its template are healthy."
                    + " Delete the pod yourself, or find out what is different about it.";
        }

        @Override
        public List<Cause> cures() {
            return Arrays.stream(Cause.values()).filter(Cause::mayBeOfOnePod).toList();
        }
    }

    /** What a model's patch sets. Its word permits nothing: a person has to. */
    record SetField(Suggestion suggestion) implements OfOneField {

        @Override
        public String label() {
            return "SetField: " + suggestion.field().key();
        }

        @Override
        public String advice(String container) {
            return "A model suggests to set %s of container %s; KubeSent does so only after a person has approved it. Check it, and set it in the manifest."
                    .formatted(suggestion.field().key(), container);
        }

        @Override
        public List<Cause> cures() {
            return Arrays.stream(Cause.values()).filter(Cause::isOfRevision).toList();
        }
    }
}
