package dev.kubesent.gate;

/** Whether an act that was cut short may go on. */
public sealed interface Readmission {

    /** The incident holds no act that was cut short. */
    record Nothing() implements Readmission {}

    record Admitted(Approved approved) implements Readmission {}

    /** What is written down cannot be what this gate approved. The record is kept for a person to see. */
    record Denied(String why) implements Readmission {}
}
