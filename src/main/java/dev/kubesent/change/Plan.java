package dev.kubesent.change;

/** What the remedies would do about a diagnosis. */
public sealed interface Plan {

    record Planned(Change change) implements Plan {}

    /** No remedy fits, or there is nothing to do. */
    record Nothing(Refusal because) implements Plan {}

    static Plan nothing(RefusalReason reason, String detail) {
        return new Nothing(new Refusal(reason, detail));
    }
}
