package dev.kubesent.action;

/** How sure one has to be of what, for an action to be made without a person. The measure itself is a setting. */
public sealed interface Sureness {

    /** Where nothing is to be done, there is nothing to be sure of. */
    record NotAsked() implements Sureness {}

    /** Of the cause. */
    record OfTheCause() implements Sureness {}

    /**
     * Of the cause; below that a person may approve what only fits, since what it goes to lives, or costs nothing, and can be gone back from.
     */
    record OfTheCauseOrAPerson() implements Sureness {}

    /**
     * Of something else, whatever the cause is; below that a person may approve it.
     *
     * @param what as in "that it is this pod alone"
     * @param certainty 0 to 100, as {@code diagnosis.Confidence} says
     */
    record OfSomethingElse(String what, int certainty) implements Sureness {}

    /** A person has to approve it, however sure anybody is. @param why in a sentence */
    record APerson(String why) implements Sureness {}
}
