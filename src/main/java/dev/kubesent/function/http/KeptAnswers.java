package dev.kubesent.function.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts until there is a registry, which comes with the application, or never. Of each method and status it keeps how many there were, how long they took
 * together, and the longest: that is all that a registry has of them. Safe for several threads.
 */
final class KeptAnswers implements Answers {

    private final Map<String, Map<Integer, Sum>> kept = new HashMap<>();
    private final ReentrantLock joining = new ReentrantLock();
    private volatile @Nullable Answers there;

    private static final class Sum {

        private long times;
        private long nanos;
        private long longest;

        void add(long one) {
            times++;
            nanos += one;
            longest = Math.max(longest, one);
        }

        /** The longest as it was, and all others as long as they were on average: number, sum and maximum are right. */
        void tell(Answers timer, String method, int status) {
            timer.tell(method, status, longest);
            long left = nanos - longest;
            for (long others = times - 1; others > 0; others--) {
                timer.tell(method, status, left / others);
                left -= left / others;
            }
        }
    }

    @Override
    public void tell(String method, int status, long nanos) {
        var timer = there;
        if (timer == null) {
            timer = keptOr(method, status, nanos);
        }
        if (timer != null) {
            timer.tell(method, status, nanos);
        }
    }

    /** @return who came meanwhile, and is to be told */
    private @Nullable Answers keptOr(String method, int status, long nanos) {
        joining.lock();
        try {
            if (there == null) {
                kept.computeIfAbsent(Answers.known(method), _ -> new HashMap<>())
                        .computeIfAbsent(status, _ -> new Sum())
                        .add(nanos);
            }
            return there;
        } finally {
            joining.unlock();
        }
    }

    /** From now on this one counts, first what is kept. */
    void follow(Answers timer) {
        joining.lock();
        try {
            kept.forEach((method, sums) -> sums.forEach((status, sum) -> sum.tell(timer, method, status)));
            kept.clear();
            there = timer;
        } finally {
            joining.unlock();
        }
    }
}
