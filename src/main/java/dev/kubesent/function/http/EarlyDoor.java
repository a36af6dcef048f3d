package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Replies;
import dev.kubesent.time.Ticks;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.catalina.connector.Response;

/**
 * What is answered while the application starts behind the open port: whether the process is alive, and an event of a pod that is plainly well.
 * Everything else waits until the application is there, with its body read and bounded. Safe for several threads.
 */
public final class EarlyDoor {

    /** The attribute of a request whose body has been read: a {@link Bodies.Read.Whole}. */
    static final String READ = EarlyDoor.class.getName();

    /**
     * What waits this long is answered with 503: the source sends it again. A start takes one second, on a busy node ten. One that takes longer than this
     * hangs, and the probes say so: else nothing would end it.
     */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** Answers that are counted when there is a registry; of more than a start can answer the rest is not. */
    private static final int COUNTED = 100_000;

    private final boolean takesEvents;
    private final Function<Request, Optional<Reply>> glance;
    private final CompletableFuture<DoorRules> opened = new CompletableFuture<>();
    private final LinkedBlockingQueue<Long> answered = new LinkedBlockingQueue<>(COUNTED);

    private final Ticks ticks;
    private final long begun;

    private EarlyDoor(boolean takesEvents, Function<Request, Optional<Reply>> glance, Ticks ticks) {
        this.takesEvents = takesEvents;
        this.glance = glance;
        this.ticks = ticks;
        this.begun = ticks.nanos();
    }

    /** Where nothing is answered before the application is there. */
    public static EarlyDoor closed(Ticks ticks) {
        return new EarlyDoor(false, _ -> Optional.empty(), ticks);
    }

    /**
     * Where events are all that is sent, and anybody may send them: ready at once.
     *
     * @param glance answers an event that needs nobody; empty for the rest
     */
    public static EarlyDoor forEvents(Function<Request, Optional<Reply>> glance, Ticks ticks) {
        return new EarlyDoor(true, glance, ticks);
    }

    /** The application is there: from now on it says what is answered. */
    void open(DoorRules rules) {
        opened.complete(rules);
        count();
    }

    Optional<DoorRules> rules() {
        return Optional.ofNullable(opened.getNow(null));
    }

    /** Answers, or waits for the application and passes it on. */
    void receive(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        long begun = System.nanoTime();
        var path = request.getRequestURI();
        if (path.startsWith("/actuator/health/")) {
            probe(path, response);
        } else if (takesEvents && request.getMethod().equals("POST") && Entrance.EVENTS.contains(path)) {
            event(request, response, door, begun);
        } else {
            pass(request, response, door);
        }
    }

    /** Alive, and ready where events can be taken: what readiness says of the cluster it says when it can ask (docs/decisions/0125). */
    private void probe(String path, Response response) throws IOException {
        var isUp = !ticks.isOver(begun, LONGEST)
                && (path.endsWith("/liveness") || (takesEvents && path.endsWith("/readiness")));
        var body = (isUp ? "{\"status\":\"UP\"}" : "{\"status\":\"OUT_OF_SERVICE\"}").getBytes(StandardCharsets.UTF_8);
        DoorValve.write(new Reply(isUp ? 200 : 503, Map.of("content-type", "application/json"), body), response);
    }

    private void event(org.apache.catalina.connector.Request request, Response response, DoorValve door, long begun)
            throws IOException, ServletException {
        switch (door.read(request, response)) {
            case Bodies.Read.Instead(var reply) -> DoorValve.write(reply, response);
            case Bodies.Read.Whole whole -> {
                try {
                    event(whole, request, response, door, begun);
                } catch (IOException | ServletException | RuntimeException | Error e) {
                    whole.held().close(); // once more does no harm
                    throw e;
                }
            }
        }
    }

    private void event(
            Bodies.Read.Whole whole,
            org.apache.catalina.connector.Request request,
            Response response,
            DoorValve door,
            long begun)
            throws IOException, ServletException {
        var answer = glance.apply(new Request(DoorValve.headers(request), whole.bytes()));
        if (answer.isEmpty()) {
            request.setAttribute(READ, whole);
            pass(request, response, door);
            return;
        }
        whole.held().close();
        DoorValve.write(answer.get(), response);
        answered.offer(System.nanoTime() - begun);
        count();
    }

    /** Tomcat looked for an application when the request came, and there was none: it looks again, as its RewriteValve has it. */
    private void pass(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        var rules = awaited();
        if (rules.isEmpty()) {
            if (request.getAttribute(READ) instanceof Bodies.Read.Whole whole) {
                whole.held().close();
            }
            DoorValve.write(Replies.tryAgain("it is starting"), response);
            return;
        }
        request.getMappingData().recycle();
        var adapter = request.getConnector().getProtocolHandler().getAdapter();
        try {
            if (adapter.prepare(request.getCoyoteRequest(), response.getCoyoteResponse())) {
                door.pass(rules.get(), request, response);
            }
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private Optional<DoorRules> awaited() {
        try {
            return Optional.of(opened.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLong) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void count() {
        rules().ifPresent(rules -> {
            for (var nanos = answered.poll(); nanos != null; nanos = answered.poll()) {
                rules.before().accept(nanos);
            }
        });
    }
}
