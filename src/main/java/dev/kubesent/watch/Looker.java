package dev.kubesent.watch;

import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what waits to the door. What is to be sent again is taken there again, as a source would send it. */
record Looker(LookQueue queue, Function<Sighting, Handled> door) implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Looker.class);

    /** HTTP's "too many requests". */
    private static final int TOO_MANY = 429;

    @Override
    public void run() {
        try {
            for (var look = queue.next(); look.isPresent(); look = queue.next()) {
                calmly(look.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One object that nothing can look at keeps nobody from looking at the others. */
    private void calmly(LookQueue.Look look) {
        try {
            look(look);
        } catch (RuntimeException | Error e) {
            queue.done(look);
            LOG.error("{}: left to the next sweep, as its look failed", look.key(), e);
        }
    }

    void look(LookQueue.Look look) {
        switch (door.apply(look.seen())) {
            case Handled.Dropped _, Handled.Opened _, Handled.Known _ -> queue.done(look);
            case Handled.TryAgain(var detail) -> again(look, detail);
            case Handled.Rejected(var problem) -> {
                if (problem.kind().status() == TOO_MANY) {
                    again(look, problem.detail());
                } else {
                    LOG.warn("{}: {}", look.key(), problem.detail());
                    queue.done(look);
                }
            }
        }
    }

    private void again(LookQueue.Look look, String detail) {
        if (!queue.again(look)) {
            LOG.warn("{}: left to the next sweep, after {} looks: {}", look.key(), LookQueue.TRIES, detail);
        }
    }
}
