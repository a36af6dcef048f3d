package dev.kubesent.function;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.time.StageClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What heals comes up beside Spring's start, by threads of its own: first the connection to the API server, whose TLS and first answer take longest, then
 * the {@link Core} on it.
 */
record Opening(Settings settings, StageClock clock, CompletableFuture<Connection> connection) {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    static Opening begin(Settings settings) {
        var opening = new Opening(settings, new StageClock(), new CompletableFuture<>());
        inAThread("connection", opening::connect);
        return opening;
    }

    private void connect() {
        try {
            var opened = Connection.to(settings, clock);
            connection.complete(opened);
            opened.greet();
        } catch (ClusterException e) {
            LOG.debug("readiness says it: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            connection.completeExceptionally(e);
        }
    }

    /** To be called when the log is set up: it tells who is asked where the rules do not know. @param given the text of an environment variable, empty where it is not set */
    CompletableFuture<Core> core(UnaryOperator<String> given) {
        var core = new CompletableFuture<Core>();
        inAThread("core", () -> {
            try {
                core.complete(Core.of(settings, given, connection.join(), Core.work(settings, clock), clock));
            } catch (CompletionException e) {
                core.completeExceptionally(e.getCause() == null ? e : e.getCause());
            } catch (RuntimeException | Error e) {
                core.completeExceptionally(e);
            }
        });
        return core;
    }

    private static void inAThread(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon().start(work);
    }

    /** @throws RuntimeException what went wrong when it came up */
    static Core await(CompletableFuture<Core> core) {
        try {
            return core.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        }
    }
}
