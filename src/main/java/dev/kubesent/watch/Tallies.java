package dev.kubesent.watch;

import java.util.concurrent.atomic.LongAdder;

/** What became of looks since this process began, over all its terms: those in vain are made again, and what finds no room or no end is left to a sweep. */
final class Tallies {

    private final LongAdder again = new LongAdder();
    private final LongAdder left = new LongAdder();

    void again() {
        again.increment();
    }

    void left() {
        left.increment();
    }

    Feed.Figures with(int waiting) {
        return new Feed.Figures(waiting, again.sum(), left.sum());
    }
}
