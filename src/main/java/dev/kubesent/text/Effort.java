package dev.kubesent.text;

import java.util.function.Supplier;

/**
 * How much work one diagnosis may be. Java cannot end a computation from outside; so the loops over rules and lines ask here whether
 * to go on, and so does every text that an expression is held against, character by character. Counted in steps: the same input ends
 * at the same place on every machine.
 */
public final class Effort {

    /**
     * Looks at a character. 50 lines that pass the bounds of {@link ForeignText} cost a few million; this is about a second of one
     * processor.
     */
    public static final long OF_A_DIAGNOSIS = 200_000_000;

    private static final ScopedValue<Effort> CURRENT = ScopedValue.newInstance();

    private long left;

    private Effort(long left) {
        this.left = left;
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
     * @param steps at most, from here on, in this thread
     * @throws SpentException where that is not enough
     */
    public static <T> T within(long steps, Supplier<T> work) {
        return ScopedValue.where(CURRENT, new Effort(steps)).call(work::get);
    }

    /** To be called in each round of a loop. Outside of {@link #within} nothing is counted. @throws SpentException where no work is left */
    public static void step() {
        if (CURRENT.isBound()) {
            CURRENT.get().take();
        }
    }

    /** The same text, whose every look at a character is a step. */
    public static CharSequence counted(String text) {
        return CURRENT.isBound() ? new Counted(text, CURRENT.get()) : text;
    }

    private void take() {
        if (--left < 0) {
            throw new SpentException();
        }
    }

    private record Counted(String text, Effort effort) implements CharSequence {

        @Override
        public char charAt(int index) {
            effort.take();
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
