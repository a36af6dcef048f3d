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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.catalina.connector.Response;

/**
 * What stands behind the door while there is no application: where events are all that comes, for as long as the process lives (docs/decisions/0137). An event
 * of a pod that is plainly well is answered at once. Any other event, and a sweep, are answered by what heals, as soon as that is there; so are the probes.
 * Everything else needs the application and waits for it, with its body read and bounded. Safe for several threads.
 */
public final class EarlyDoor implements Behind {

    /**
     * What waits this long is answered with 503: the source sends it again. A start takes one second, on a busy node ten. One that takes longer than this
     * hangs, and the probes say so: else nothing would end it.
     */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** A source sends the next event when the one before has been answered. */
    private static final Duration MOMENT = Duration.ofMillis(40);

    /** A claim takes a third of it; where the API server does not answer, the start is not to wait for it. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String LIVENESS = "/actuator/health/liveness";

    private static final String READINESS = "/actuator/health/readiness";

    private final boolean takesEvents;
    private final Function<Request, Optional<Reply>> glance;
    private final Consumer<Request> learn;
    private final Ticks ticks;
    private final long begun;
    private final Need need;
    private final KeptAnswers answers;
    private final DoorRules rules;
    private final CompletableFuture<DoorRules> opened = new CompletableFuture<>();
    private final CompletableFuture<CoreFunctions> core = new CompletableFuture<>();
    private final AtomicBoolean learns = new AtomicBoolean(true);
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();

    private EarlyDoor(
            boolean takesEvents,
            Entrance entrance,
            Function<Request, Optional<Reply>> glance,
            Consumer<Request> learn,
            Ticks ticks) {
        this.takesEvents = takesEvents;
        this.glance = glance;
        this.learn = learn;
        this.ticks = ticks;
        this.begun = ticks.nanos();
        this.need = new Need(ticks);
        this.answers = new KeptAnswers(need::tell);
        this.rules = new DoorRules((_, _) -> !takesEvents, entrance, this::glance, answers);
    }

    /** Where nothing is answered before the application is there, which is needed from the start. */
    public static EarlyDoor closed(Ticks ticks) {
        var door = new EarlyDoor(false, Entrance.shut(), _ -> Optional.empty(), _ -> {}, ticks);
        door.need();
        return door;
    }

    /**
     * Where events are all that is sent, and anybody may send them: ready at once.
     *
     * @param glance answers an event that needs nobody, as long as nobody heals yet; empty for the rest
     * @param learn does for the first of the others what can be done meanwhile; it must not throw
     */
    public static EarlyDoor forEvents(
            Entrance entrance, Function<Request, Optional<Reply>> glance, Consumer<Request> learn, Ticks ticks) {
        return new EarlyDoor(true, entrance, glance, learn, ticks);
    }

    /** Whether events and sweeps are all that is sent, by anybody. */
    public boolean takesEvents() {
        return takesEvents;
    }

    /** The application is there: from now on it says what is answered. */
    void open(DoorRules application) {
        opened.complete(application);
        answers.follow(application.answers());
    }

    /** What heals is there: nothing that it answers waits any longer. */
    public void heal(CoreFunctions functions) {
        core.complete(functions);
        tellDropped();
    }

    /** The application is needed, also if no request has asked for it. */
    public void need() {
        var _ = need.tell();
    }

    /** Returns when the application is needed. @return false where the process ends before that */
    public boolean awaitNeed() throws InterruptedException {
        return need.await();
    }

    /** The process ends. @return whether without an application, so that nobody else stops what is here */
    public boolean end() {
        return need.end();
    }

    /**
     * Lets events have the processors first, of which there are two: it returns when none is under way and none came for a moment ({@link #MOMENT}), or
     * after {@link #PAUSE}.
     */
    public void giveWay() throws InterruptedException {
        awaitQuiet(PAUSE);
    }

    /** Returns when nothing is under way any more, or after this time. */
    public void awaitQuiet(Duration longest) throws InterruptedException {
        long since = ticks.nanos();
        for (int seen = 0; isBusy(seen) && !ticks.isOver(since, longest); Thread.sleep(MOMENT)) {
            seen = came.get();
        }
    }

    private boolean isBusy(int seen) {
        return underWay.get() > 0 || came.get() != seen;
    }

    /** The application's; empty as long as there is none. */
    Optional<DoorRules> rules() {
        return Optional.ofNullable(opened.getNow(null));
    }

    /** Answers, or waits for the application and passes it on. */
    void receive(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        var path = request.getRequestURI();
        if (path.equals(LIVENESS) || path.equals(READINESS)) {
            ReplyWriter.write(probe(path), response);
        } else {
            door.pass(rules, request, response, Optional.empty(), this);
        }
    }

    /** Alive, and ready where events can be taken: what readiness says of the cluster it says when it can ask (docs/decisions/0125). */
    private Reply probe(String path) {
        var there = core.getNow(null);
        if (need.lasts(LONGEST) || (there == null && ticks.isOver(begun, LONGEST))) {
            return status(false);
        }
        if (there == null) {
            return status(takesEvents || path.equals(LIVENESS));
        }
        return path.equals(LIVENESS) ? there.alive().get() : there.ready().get();
    }

    private static Reply status(boolean isUp) {
        var body = (isUp ? "{\"status\":\"UP\"}" : "{\"status\":\"OUT_OF_SERVICE\"}").getBytes(StandardCharsets.UTF_8);
        return new Reply(isUp ? 200 : 503, Map.of("content-type", "application/json"), body);
    }

    private Optional<Reply> glance(String path, Request request) {
        if (!Entrance.EVENTS.contains(path)) {
            return Optional.empty();
        }
        var there = core.getNow(null);
        if (there != null) {
            return there.glance().apply(request);
        }
        var plain = glance.apply(request);
        if (plain.isPresent()) {
            dropped.incrementAndGet();
            tellDropped();
        }
        return plain;
    }

    private void tellDropped() {
        var there = core.getNow(null);
        if (there != null) {
            for (int left = dropped.getAndSet(0); left > 0; left--) {
                there.droppedBefore().run();
            }
        }
    }

    @Override
    public void letIn(Let let, org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        var reply = CoreFunctions.PATHS.contains(let.path()) ? answered(let) : Optional.<Reply>empty();
        if (reply.isPresent()) {
            answers.tell(
                    "POST",
                    reply.get().status(),
                    System.nanoTime() - let.begun()); // before whoever is answered can ask for it
            let.read().held().close();
            ReplyWriter.write(reply.get(), response);
        } else {
            toTheApplication(request, response, door, Optional.of(let.read()));
        }
    }

    /** Empty where the application is there first, or neither is. */
    private Optional<Reply> answered(Let let) {
        underWay.incrementAndGet();
        came.incrementAndGet();
        try {
            if (Entrance.EVENTS.contains(let.path()) && learns.compareAndSet(true, false)) {
                learn.accept(let.seen());
            }
            var _ = awaited(CompletableFuture.anyOf(core, opened));
            return opened.isDone()
                    ? Optional.empty()
                    : Optional.ofNullable(core.getNow(null))
                            .map(there -> there.functions().apply(let.path(), let.seen()));
        } finally {
            underWay.decrementAndGet();
        }
    }

    @Override
    public void aside(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        toTheApplication(request, response, door, Optional.empty());
    }

    /** Tomcat looked for an application when the request came, and there was none: it looks again, as its RewriteValve has it. */
    private void toTheApplication(
            org.apache.catalina.connector.Request request,
            Response response,
            DoorValve door,
            Optional<Bodies.Read.Whole> read)
            throws IOException, ServletException {
        var there = need.tell() ? awaited(opened) : Optional.<DoorRules>empty();
        if (there.isEmpty()) {
            read.ifPresent(whole -> whole.held().close());
            ReplyWriter.write(Replies.tryAgain(need.end() ? "it is ending" : "it is starting"), response);
            return;
        }
        request.getMappingData().recycle();
        var adapter = request.getConnector().getProtocolHandler().getAdapter();
        try {
            if (adapter.prepare(request.getCoyoteRequest(), response.getCoyoteResponse())) {
                door.pass(there.get(), request, response, read, door);
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
}
