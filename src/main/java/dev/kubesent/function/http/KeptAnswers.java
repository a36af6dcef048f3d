package dev.kubesent.function.http;

import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Keeps what is to be counted until there is a registry, which comes with the application. Safe for several threads. */
final class KeptAnswers implements Answers {

    /** Some 50 bytes each. Of more than twice as many the rest is not counted. */
    static final int MANY = 20_000;

    private final LinkedBlockingQueue<Answer> kept = new LinkedBlockingQueue<>(2 * MANY);
    private final Runnable many;
    private volatile @Nullable Answers there;

    private record Answer(String method, int status, long nanos) {}

    /** @param many run when {@link #MANY} are kept: it is time for a registry */
    KeptAnswers(Runnable many) {
        this.many = many;
    }

    @Override
    public void tell(String method, int status, long nanos) {
        kept.offer(new Answer(method, status, nanos));
        var timer = there;
        if (timer != null) {
            pass(timer);
        } else if (kept.size() >= MANY) {
            many.run();
        }
    }

    /** From now on this one counts, first what is kept. */
    void follow(Answers timer) {
        there = timer;
        pass(timer);
    }

    private void pass(Answers timer) {
        for (var one = kept.poll(); one != null; one = kept.poll()) {
            timer.tell(one.method, one.status, one.nanos);
        }
    }
}
