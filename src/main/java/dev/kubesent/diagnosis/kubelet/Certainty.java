package dev.kubesent.diagnosis.kubelet;

/** How much a sign is worth. */
public enum Certainty {
    /** A sentence of the one who knows. */
    DEFINITE,
    /** It fits, and others are possible. */
    LIKELY,
    /** A bare phrase: it says among what. */
    OPEN
}
