package dev.kubesent.change;

import dev.kubesent.api.v1alpha1.RefusalReason;

/** What the remedies would do about a diagnosis. */
public sealed interface Plan {

    record Planned(Change change) implements Plan {}

    /** No remedy fits, or there is nothing to do. */
    record Nothing(Refusal because) implements Plan {}

    static Plan nothing(RefusalReason reason, String detail) {
        return new Nothing(new Refusal(reason, detail));
    }
}
