package dev.kubesent.function;

import dev.kubesent.function.http.CoreFunctions;
import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.process.ApplicationLog;
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
final class BeforeSpring {

    /** Boot would stop the log before what is told at the end. */
    static final String KEEPS_THE_LOG = "--logging.register-shutdown-hook=false";

    private static final Logger LOG = LoggerFactory.getLogger(BeforeSpring.class);

    private final Front front;
    private final Settings settings;
    private final CompletableFuture<Core> core;
    private final ApplicationLog log;

    /** Where the process is told to end and there is no Spring that would. */
    private final Thread hook = Thread.ofPlatform().name("end").unstarted(this::endWithLog);

    private boolean hasEnded;

    /** @param log is set up */
    BeforeSpring(Front front, Settings settings, CompletableFuture<Core> core, ApplicationLog log) {
        this.front = front;
        this.settings = settings;
        this.core = core;
        this.log = log;
    }

    CompletableFuture<Core> core() {
        return core;
    }

    /** Returns when the application is needed, which may be never. */
    void serve() {
        Runtime.getRuntime().addShutdownHook(hook);
        var _ = core.thenApply(this::functions).whenComplete((functions, failure) -> {
            if (functions == null) {
                door().need(); // it fails with the same, and says why
            } else {
                door().heal(functions);
            }
        });
        try {
            door().underWay().giveWay();
            var _ = core.thenAccept(there -> there.feed().begin());
            TidyHeap.begin();
            LOG.info(
                    "events are taken at port {}; Spring starts when a question or a metric is asked for",
                    front.port());
            if (!door().awaitNeed()) {
                park();
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

    /** Spring starts: from now on the end is one of its handlers, which run after its contexts are closed. */
    void handOver() {
        try {
            SpringApplication.getShutdownHandlers().add(this::endWithLog);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            park();
        }
    }

    /** The process ends: nothing is to be started any more. */
    private static void park() {
        while (true) {
            LockSupport.park();
        }
    }

    private void endWithLog() {
        end();
        log.stop();
    }

    /**
     * What is under way is finished and told, then the port closes. Also where Spring does not start, or is cut short; where its context has ended in grace,
     * little is left to do. Who comes again waits until it is done.
     */
    synchronized void end() {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
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
