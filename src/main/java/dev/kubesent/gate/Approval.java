package dev.kubesent.gate;

/** What a person has said about a proposed change. */
public sealed interface Approval {

    record None() implements Approval {}

    /** No to any change for this incident. @param because in the person's words */
    record Rejected(String because) implements Approval {}

    /**
     * Yes to one change.
     *
     * @param by who it was, as well as it is known, as in "by ada" or "through kubectl-patch"
     * @param people how many said it who are named, and different: 0, 1 or 2
     * @param fingerprint of the change that was proposed when it was written, or that it names; empty where there was none
     */
    record Of(String by, int people, String fingerprint) implements Approval {}
}
