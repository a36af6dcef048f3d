package dev.kubesent.function.http;

import dev.kubesent.event.Glance;
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

    private static final String STARTING = "it is starting";

    private static final String ENDING = "it is ending";

    private static final String LIVENESS = "/actuator/health/liveness";

    private static final String READINESS = "/actuator/health/readiness";

    private final boolean takesEvents;
    private final Glance glance;
    private final Consumer<Request> learn;
    private final Ticks ticks;
    private final long begun;
    private final Need need;
    private final KeptAnswers answers = new KeptAnswers();
    private final CompletableFuture<DoorRules> rules = new CompletableFuture<>();
    private final CompletableFuture<DoorRules> opened = new CompletableFuture<>();
    private final CompletableFuture<CoreFunctions> core = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ending = new CompletableFuture<>();
    private final AtomicBoolean learns = new AtomicBoolean(true);
    private final UnderWay underWay;
    private final AtomicInteger dropped = new AtomicInteger();

    private EarlyDoor(boolean takesEvents, Glance glance, Consumer<Request> learn, Ticks ticks) {
        this.takesEvents = takesEvents;
        this.glance = glance;
        this.learn = learn;
        this.ticks = ticks;
        this.begun = ticks.nanos();
        this.need = new Need(ticks);
        this.underWay = new UnderWay(ticks);
    }

    /** Where nothing is answered before the application is there, which is needed from the start. */
    public static EarlyDoor closed(Ticks ticks) {
        var door = new EarlyDoor(false, _ -> Optional.empty(), _ -> {}, ticks);
        door.letIn(Entrance.shut());
        door.need();
        return door;
    }

    /** Where events are all that is sent, by whoever shows a token: nobody is let in, or told that this is ready, before what heals is there and can check it. */
    public static EarlyDoor forTokens(Ticks ticks) {
        return new EarlyDoor(true, _ -> Optional.empty(), _ -> {}, ticks);
    }

    /**
     * Where events are all that is sent, and anybody may send them: ready at once.
     *
     * @param glance answers an event that needs nobody, as long as nobody heals yet
     * @param learn does for the first of the others what can be done meanwhile; it must not throw
     */
    public static EarlyDoor forEvents(Entrance entrance, Glance glance, Consumer<Request> learn, Ticks ticks) {
        var door = new EarlyDoor(true, glance, learn, ticks);
        door.letIn(entrance);
        return door;
    }

    private void letIn(Entrance entrance) {
        rules.complete(new DoorRules((_, _) -> !takesEvents, entrance, this::glance, answers));
    }

    /** Whether events and sweeps are all that is sent. */
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
        letIn(functions.entrance()); // where nothing else was said
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
        ending.complete(true);
        return need.end();
    }

    /** See {@link UnderWay}. */
    public UnderWay underWay() {
        return underWay;
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
            return;
        }
        if (!rules.isDone()) {
            var _ = awaited(CompletableFuture.anyOf(rules, opened, ending));
        }
        if (opened.isDone()) {
            toTheApplication(request, response, door, Optional.empty());
        } else if (rules.isDone()) {
            door.pass(rules.join(), request, response, Optional.empty(), this);
        } else {
            ReplyWriter.write(Replies.tryAgain(ending.isDone() ? ENDING : STARTING), response);
        }
    }

    /** Alive, and ready where events can be taken: what readiness says of the cluster it says when it can ask (docs/decisions/0125). */
    private Reply probe(String path) {
        var there = core.getNow(null);
        if (need.lasts(LONGEST) || (there == null && ticks.isOver(begun, LONGEST))) {
            return status(false);
        }
        if (there == null) {
            return status((takesEvents && rules.isDone()) || path.equals(LIVENESS));
        }
        return path.equals(LIVENESS) ? there.alive().get() : there.ready().get();
    }

    private static Reply status(boolean isUp) {
        var body = (isUp ? "{\"status\":\"UP\"}" : "{\"status\":\"OUT_OF_SERVICE\"}").getBytes(StandardCharsets.UTF_8);
        return new Reply(isUp ? 200 : 503, Map.of("content-type", "application/json"), body);
    }

    private Glance glance(String path) {
        if (!Entrance.EVENTS.contains(path)) {
            return _ -> Optional.empty();
        }
        var there = core.getNow(null);
        return there != null
                ? there.glance()
                : new Glance() {
                    @Override
                    public Optional<Reply> at(Request request) {
                        return counted(glance.at(request));
                    }

                    @Override
                    public Optional<Reply> atPod(byte[] bytes, int length) {
                        return counted(glance.atPod(bytes, length));
                    }
                };
    }

    private Optional<Reply> counted(Optional<Reply> plain) {
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

    /** Empty where the application is there first. */
    private Optional<Reply> answered(Let let) {
        underWay.begun();
        try {
            if (Entrance.EVENTS.contains(let.path()) && learns.compareAndSet(true, false)) {
                learn.accept(let.seen());
            }
            if (!core.isDone()
                    && awaited(CompletableFuture.anyOf(core, opened, ending)).isEmpty()) {
                return Optional.of(Replies.tryAgain(STARTING));
            }
            if (ending.isDone()) { // asked last: what heals may have come after the end began
                return Optional.of(Replies.tryAgain(ENDING));
            }
            return opened.isDone()
                    ? Optional.empty()
                    : Optional.of(core.join().functions().apply(let.path(), let.seen()));
        } finally {
            underWay.done();
        }
    }

    @Override
    public void aside(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        toTheApplication(request, response, door, Optional.empty());
    }

    private void toTheApplication(
            org.apache.catalina.connector.Request request,
            Response response,
            DoorValve door,
            Optional<Bodies.Read.Whole> read)
            throws IOException, ServletException {
        if (need.tell()) {
            var _ = awaited(CompletableFuture.anyOf(opened, ending));
        }
        if (!opened.isDone()) {
            read.ifPresent(whole -> whole.held().close());
            ReplyWriter.write(Replies.tryAgain(ending.isDone() ? ENDING : STARTING), response);
            return;
        }
        door.passAnew(opened.join(), request, response, read);
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
