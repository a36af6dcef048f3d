package dev.kubesent.diagnosis;

import dev.kubesent.action.Action;
import dev.kubesent.redaction.Legible;

/** What a person does next, in a sentence or two; of what KubeSent can do, also what that would be. */
public final class Advice {

    private Advice() {}

    /** @param container the failing one */
    public static String of(Action action, String container) {
        return Legible.block(action.advice(container));
    }
}
