package dev.kubesent.gate;

/** What a person has said about a proposed change. */
public sealed interface Approval {

    record None() implements Approval {}

    /** @param by the field manager that wrote it @param change the diff that was proposed when it was written */
    record Of(String by, String change) implements Approval {}
}
