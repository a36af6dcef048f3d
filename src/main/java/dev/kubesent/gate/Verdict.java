package dev.kubesent.gate;

/** What the gate says. */
public sealed interface Verdict permits Approved, Refused {}
