package dev.kubesent.cluster;

import java.util.Optional;

/** Which of several processes works: at most one of them is elected, but for moments in which its successor does not know that it lives. */
public interface Election extends AutoCloseable {

    /**
     * Stands for it from now on, again and again. Both are called from a thread that must not be held up, and in turns, each time with the
     * other in between.
     */
    void begin(Runnable elected, Runnable lost);

    /** Whoever was elected last, as far as this process knows; empty where nobody was. */
    String leader();

    /** Why it cannot stand for it, where that does not pass by itself, and what to do about it. */
    Optional<String> trouble();

    /** Stands no more, and leaves the place to another at once where this process was elected: {@code lost} is called. */
    @Override
    void close();
}
