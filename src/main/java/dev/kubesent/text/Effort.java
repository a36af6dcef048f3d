package dev.kubesent.text;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How much work the text of one incident may be, and one diagnosis in it. Java cannot end a computation from outside; so the loops over
 * rules and lines ask here whether to go on, and so does every text that an expression is held against, character by character, and the
 * search for secrets, by the length of what it looks through. Counted in steps: the same input ends at the same place on every machine.
 * Once it is spent it stays so: whatever asks next ends at once.
 */
public final class Effort {

    /**
     * Looks at a character. 50 lines that pass the bounds of {@link ForeignText} cost a few million; this is about a second of one
     * processor.
     */
    public static final long OF_A_DIAGNOSIS = 200_000_000;

    /**
     * Of all that is done with the text of one incident, from the evidence to the report. The incidents of the scenarios take 8 million at
     * most; a step of the search for secrets takes 0.2 microseconds at worst, so that this is 40 s of one processor, a third of a lease.
     */
    public static final long OF_AN_INCIDENT = 200_000_000;

    /** In place of a text for which no work is left. */
    public static final String NOT_SHOWN = "(not shown: too much text)";

    private static final ScopedValue<Effort> CURRENT = ScopedValue.newInstance();

    private final Optional<Effort> whole;
    private long left;

    private Effort(long left, Optional<Effort> whole) {
        this.left = left;
        this.whole = whole;
    }

    /** More work than was allowed: the input is the cause, and trying again is of no use. */
    public static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SpentException() {
            super("the evidence takes more work than a diagnosis is given");
        }
    }

    /**
     * Does something of which the end is known.
     *
     * @param steps at most, from here on, in this thread; what this is a part of gives no more than it has left
     * @throws SpentException where that is not enough
     */
    public static <T> T within(long steps, Supplier<T> work) {
        return ScopedValue.where(CURRENT, new Effort(steps, current())).call(work::get);
    }

    /** To be called in each round of a loop. Outside of {@link #within} nothing is counted. @throws SpentException where no work is left */
    public static void step() {
        steps(1);
    }

    /** Before work that grows with a text. @param count more than 0 @throws SpentException as {@link #step} */
    public static void steps(long count) {
        if (CURRENT.isBound()) {
            CURRENT.get().take(count);
        }
    }

    private static Optional<Effort> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** The same text, whose every look at a character is a step. */
    public static CharSequence counted(String text) {
        return CURRENT.isBound() ? new Counted(text, CURRENT.get()) : text;
    }

    private void take(long count) {
        if (whole.isPresent()) {
            whole.get().take(count);
        }
        left = Math.max(left - count, -1);
        if (left < 0) {
            throw new SpentException();
        }
    }

    private record Counted(String text, Effort effort) implements CharSequence {

        @Override
        public char charAt(int index) {
            effort.take(1);
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
