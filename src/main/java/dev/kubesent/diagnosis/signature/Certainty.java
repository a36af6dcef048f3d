package dev.kubesent.diagnosis.signature;

/** How much a signature's sentence says. */
public enum Certainty {
    /** The sentence of one who knows, and it names what it is about: it means this cause and no other. */
    DEFINITE,
    /** It means this cause where nothing else is said. */
    LIKELY,
    /** A bare phrase, or a family by its vocabulary: a hint for a person. Other causes print it as well. */
    HINT
}
