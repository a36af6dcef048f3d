package dev.kubesent.function;

import dev.kubesent.cleanup.Cleanup;
import dev.kubesent.cleanup.CleanupCommand;
import dev.kubesent.cleanup.CleanupSettings;
import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /cleanup}: what a PingSource sends to. What is in the request does not matter; what is deleted, the environment says. One run
 * at a time; the answer is its summary, also where some files could not be deleted: sending again would not delete them.
 */
final class CleanupEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CleanupEndpoint.class);

    private final CleanupSettings settings;
    private final Clock clock;
    private final AtomicReference<@Nullable Cleanup> running = new AtomicReference<>();

    CleanupEndpoint(CleanupSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Never throws. */
    Reply answer(Request request) {
        var cleanup = new Cleanup(settings, clock, LOG::warn);
        if (!running.compareAndSet(null, cleanup)) {
            return Reply.empty(204);
        }
        try {
            var summary = CleanupCommand.json(cleanup.run(CleanupCommand.IN_A_LOG, LOG::info));
            LOG.info("cleaned up {}", summary);
            return reply(200, "application/json", summary);
        } catch (UnusableException e) {
            LOG.warn("{}", e.getMessage());
            return reply(503, "text/plain", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, in a cleanup", e);
            return reply(503, "text/plain", "an internal error; the log has it");
        } finally {
            running.set(null);
        }
    }

    /** The process is to end. */
    void stop() {
        var cleanup = running.get();
        if (cleanup != null) {
            cleanup.stop();
        }
    }

    private static Reply reply(int status, String type, String text) {
        return new Reply(status, Map.of("content-type", type), text.getBytes(StandardCharsets.UTF_8));
    }
}
