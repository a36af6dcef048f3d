package dev.kubesent.diagnosis;

import dev.kubesent.redaction.Legible;

/** What a person does next, in a sentence or two; of what KubeSent can do, also what that would be. */
public final class Advice {

    private Advice() {}

    /** @param container the failing one */
    public static String of(Action action, String container) {
        return Legible.block(
                switch (action) {
                    case Action.None(var advice) -> advice;
                    case Action.RaiseMemory _ ->
                        "KubeSent can raise the memory limit of container %s. Do the same in its manifest, or find out what needs so much memory."
                                .formatted(container);
                    case Action.RollBack _ ->
                        "KubeSent can go back to the last revision whose pods lived. Do the same (kubectl rollout"
                                + " undo), or mend what the new revision brought.";
                    case Action.CorrectImage(var image) ->
                        "KubeSent can set the image of container %s to %s, which runs here. Do the same in its manifest, or push the tag that is missing."
                                .formatted(container, image);
                    case Action.AllowStart(var allow) ->
                        "KubeSent can add a startupProbe that gives container %s %d s to start. Do the same in its manifest, or make its start faster."
                                .formatted(container, allow.toSeconds());
                    case Action.AskThePort _ ->
                        "KubeSent can have the liveness probe of container %s ask whether its port is open. Do the same in its manifest, or give the probe a path that the program has."
                                .formatted(container);
                    case Action.Restart _ ->
                        "KubeSent can put another pod in the place of this one, since others of its template live."
                                + " Delete the pod yourself, or find out what is different about it.";
                    case Action.SetField(var suggestion) ->
                        "A model suggests to set %s of container %s; KubeSent does so only after a person has approved it. Check it, and set it in the manifest."
                                .formatted(suggestion.field().key(), container);
                });
    }
}
