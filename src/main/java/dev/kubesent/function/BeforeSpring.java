package dev.kubesent.function;

import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.process.TidyHeap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is served before Spring's application is needed: events, sweeps and probes, and an end in grace. A function at zero is woken by an event, and ends when
 * none comes for a while: most such processes never need the application (docs/decisions/0137).
 */
record BeforeSpring(Front front, Settings settings, CompletableFuture<Core> core) {

    private static final Logger LOG = LoggerFactory.getLogger(BeforeSpring.class);

    /** Returns when the application is needed, which may be never. */
    void serve() {
        var _ = core.whenComplete((there, failure) -> {
            if (there == null) {
                door().need(); // it fails with the same, and says why
            } else {
                there.backlog().whenLong(door()::need);
                door().heal(Door.functions(there, settings));
            }
        });
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(this::end));
        try {
            door().giveWay();
            var _ = core.thenAccept(there -> there.feed().begin());
            TidyHeap.begin();
            LOG.info(
                    "events are taken at port {}; Spring starts when a question or a metric is asked for",
                    front.port());
            while (!door().awaitNeed()) {
                LockSupport.park(); // the process ends: nothing is to be started any more
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EarlyDoor door() {
        return front.door().early();
    }

    /** Where there is an application, Spring does the same. */
    private void end() {
        if (!door().end()) {
            return;
        }
        if (core.isDone() && !core.isCompletedExceptionally()) {
            core.join().close();
        }
        try {
            door().awaitQuiet(Settings.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        front.close();
    }
}
