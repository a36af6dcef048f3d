package dev.kubesent.function;

import dev.kubesent.function.http.CoreFunctions;
import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.process.TidyHeap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * What is served before Spring's application is needed: events, sweeps and probes, and an end in grace. A function at zero is woken by an event, and ends when
 * none comes for a while: most such processes never need the application (docs/decisions/0137).
 */
record BeforeSpring(Front front, Settings settings, CompletableFuture<Core> core) {

    private static final Logger LOG = LoggerFactory.getLogger(BeforeSpring.class);

    /** Returns when the application is needed, which may be never. */
    void serve() {
        var _ = core.thenApply(this::functions).whenComplete((functions, failure) -> {
            if (functions == null) {
                door().need(); // it fails with the same, and says why
            } else {
                door().heal(functions);
            }
        });
        // After the contexts, and before the log: a hook of the JVM would run beside what stops the log.
        SpringApplication.getShutdownHandlers().add(this::end);
        try {
            door().underWay().giveWay();
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

    private CoreFunctions functions(Core there) {
        there.backlog().whenLong(door()::need);
        return Door.functions(there, settings);
    }

    private EarlyDoor door() {
        return front.door().early();
    }

    /**
     * What is under way is finished and told, then the port closes. Also where Spring does not start, or is cut short; where its context has ended in grace,
     * little is left to do. Once more does no harm.
     */
    void end() {
        var _ = door().end();
        var _ = core.thenAccept(Core::stop); // now, or as soon as it comes: then it begins nothing
        try {
            door().underWay().awaitEnd(Settings.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (core.isDone() && !core.isCompletedExceptionally()) {
            core.join().close();
        }
        front.close();
    }
}
