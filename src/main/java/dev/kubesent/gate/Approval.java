package dev.kubesent.gate;

/** What a person has said about a proposed change. */
public sealed interface Approval {

    record None() implements Approval {}

    /** No to any change for this incident. @param because in the person's words */
    record Rejected(String because) implements Approval {}

    /**
     * Yes to one change.
     *
     * @param by the field manager that wrote it
     * @param fingerprint of the change that was proposed when it was written, or that it names; empty where there was none
     */
    record Of(String by, String fingerprint) implements Approval {}
}
