package dev.kubesent.change;

import dev.kubesent.api.v1alpha1.RefusalReason;

/** One reason why not. @param detail the facts behind it, for a person */
public record Refusal(RefusalReason reason, String detail) {

    @Override
    public String toString() {
        return reason + ": " + detail;
    }
}
