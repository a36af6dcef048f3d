package dev.kubesent.testing;

/** A text that counts how often it is looked at: what an expression costs, on whatever machine. */
public final class CountedText implements CharSequence {

    private final String text;
    private final long most;
    private long steps;

    /** @param most steps after which it ends the matching with a {@link TooManyStepsException} */
    public CountedText(String text, long most) {
        this.text = text;
        this.most = most;
    }

    /** More than were allowed. */
    public static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public long steps() {
        return steps;
    }

    @Override
    public char charAt(int index) {
        if (++steps > most) {
            throw new TooManyStepsException();
        }
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
