package dev.kubesent.api.v1alpha1;

/** Why an incident is to be looked at again, though its phase does not say so. */
public enum WaitsFor {
    /** It is given time, and judged again then. */
    TIME,
    /** A model is asked later. */
    MODEL,
    /** Its record could not be read, past the point of no return: another version of KubeSent may know how. */
    VERSION
}
