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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.catalina.connector.Response;

/**
 * What is answered while the application starts behind the open port: whether the process is alive, and an event. One of a pod that is plainly well is
 * answered at once, any other by what heals, as soon as that is there. Everything else waits for the application, with its body read and bounded. Safe for
 * several threads.
 */
public final class EarlyDoor {

    /**
     * What waits this long is answered with 503: the source sends it again. A start takes one second, on a busy node ten. One that takes longer than this
     * hangs, and the probes say so: else nothing would end it.
     */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** Answers that are counted when there is a registry; of more than a start can answer the rest is not. */
    private static final int COUNTED = 100_000;

    /** A source sends the next event when the one before has been answered. */
    private static final Duration MOMENT = Duration.ofMillis(40);

    /** A claim takes a third of it; where the API server does not answer, the start is not to wait for it. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final boolean takesEvents;
    private final Function<Request, Optional<Reply>> glance;
    private final Consumer<Request> learn;
    private final AtomicBoolean learns = new AtomicBoolean(true);
    private final CompletableFuture<DoorRules> opened = new CompletableFuture<>();
    private final CompletableFuture<Function<Request, Reply>> core = new CompletableFuture<>();
    private final LinkedBlockingQueue<Consumer<DoorRules>> answered = new LinkedBlockingQueue<>(COUNTED);

    private final Ticks ticks;
    private final long begun;

    private EarlyDoor(
            boolean takesEvents, Function<Request, Optional<Reply>> glance, Consumer<Request> learn, Ticks ticks) {
        this.takesEvents = takesEvents;
        this.learn = learn;
        this.glance = glance;
        this.ticks = ticks;
        this.begun = ticks.nanos();
    }

    /** Where nothing is answered before the application is there. */
    public static EarlyDoor closed(Ticks ticks) {
        return new EarlyDoor(false, _ -> Optional.empty(), _ -> {}, ticks);
    }

    /**
     * Where events are all that is sent, and anybody may send them: ready at once.
     *
     * @param glance answers an event that needs nobody; empty for the rest
     * @param learn does for the first of the others what can be done while nobody heals yet; it must not throw
     */
    public static EarlyDoor forEvents(Function<Request, Optional<Reply>> glance, Consumer<Request> learn, Ticks ticks) {
        return new EarlyDoor(true, glance, learn, ticks);
    }

    /** The application is there: from now on it says what is answered. */
    void open(DoorRules rules) {
        opened.complete(rules);
        count();
    }

    /**
     * Lets events have the processors first, of which there are two: the application's start takes one for a second. It goes on when none is under way
     * and none came for a moment ({@link #MOMENT}), or after {@link #PAUSE}.
     */
    void giveWay() throws InterruptedException {
        long since = ticks.nanos();
        for (int seen = 0; isBusy(seen) && !ticks.isOver(since, PAUSE); Thread.sleep(MOMENT)) {
            seen = came.get();
        }
    }

    private boolean isBusy(int seen) {
        return underWay.get() > 0 || came.get() != seen;
    }

    /** What heals is there, and the application is not: events wait no longer for that. @param heals answers any event, and counts it */
    void heal(Function<Request, Reply> heals) {
        core.complete(heals);
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
            pass(request, response, door, Optional.empty());
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
        var seen = new Request(DoorValve.headers(request), whole.bytes());
        var plain = glance.apply(seen);
        var answer = plain.or(() -> healed(seen));
        if (answer.isEmpty()) {
            pass(request, response, door, Optional.of(whole));
            return;
        }
        long nanos = System.nanoTime() - begun;
        answered.offer(
                plain.isPresent()
                        ? rules -> rules.before().accept(nanos)
                        : rules -> rules.answers().tell("POST", answer.get().status(), nanos));
        count(); // before whoever is answered can ask for it
        whole.held().close();
        DoorValve.write(answer.get(), response);
    }

    /** Empty where the application is there first, or neither is. */
    private Optional<Reply> healed(Request request) {
        underWay.incrementAndGet();
        came.incrementAndGet();
        try {
            if (learns.compareAndSet(true, false)) {
                learn.accept(request);
            }
            return answered(request);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Optional<Reply> answered(Request request) {
        var _ = awaited(CompletableFuture.anyOf(core, opened));
        return opened.isDone()
                ? Optional.empty()
                : Optional.ofNullable(core.getNow(null)).map(heals -> heals.apply(request));
    }

    /** Tomcat looked for an application when the request came, and there was none: it looks again, as its RewriteValve has it. */
    private void pass(
            org.apache.catalina.connector.Request request,
            Response response,
            DoorValve door,
            Optional<Bodies.Read.Whole> read)
            throws IOException, ServletException {
        var rules = awaited(opened);
        if (rules.isEmpty()) {
            read.ifPresent(whole -> whole.held().close());
            DoorValve.write(Replies.tryAgain("it is starting"), response);
            return;
        }
        request.getMappingData().recycle();
        var adapter = request.getConnector().getProtocolHandler().getAdapter();
        try {
            if (adapter.prepare(request.getCoyoteRequest(), response.getCoyoteResponse())) {
                door.pass(rules.get(), request, response, read);
            }
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static <T> Optional<T> awaited(CompletableFuture<T> what) {
        try {
            return Optional.of(what.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
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
            for (var one = answered.poll(); one != null; one = answered.poll()) {
                one.accept(rules);
            }
        });
    }
}
