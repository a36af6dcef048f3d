package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.event.Admission;
import dev.kubesent.event.CloudEventReader;
import dev.kubesent.event.Delivery;
import dev.kubesent.event.FirstLook;
import dev.kubesent.event.Glance;
import dev.kubesent.event.PodEvent;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.event.Sighting;
import dev.kubesent.report.EventOutcome;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transport-neutral core: (headers, bytes) in, (status, headers, bytes) out. */
public final class EventEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(EventEndpoint.class);

    private static final Handled WELL = new Handled.Dropped(Sighting.Why.HEALTHY);

    private final Pipeline pipeline;
    private final Resumption resumption;
    private final Admission admission;
    private final long bodyLimit;
    private final TellBack tellBack;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Of as many events as come. */
    public EventEndpoint(Pipeline pipeline, Resumption resumption, long bodyLimit, TellBack tellBack) {
        this(pipeline, resumption, Admission.ofEverything(), bodyLimit, tellBack);
    }

    /** @param bodyLimit in bytes */
    public EventEndpoint(
            Pipeline pipeline, Resumption resumption, Admission admission, long bodyLimit, TellBack tellBack) {
        this.admission = admission;
        this.pipeline = pipeline;
        this.resumption = resumption;
        this.bodyLimit = bodyLimit;
        this.tellBack = tellBack;
    }

    /** Never throws. */
    public Reply answer(Request request) {
        if (closing.get()) {
            return Replies.tryAgain("shutting down");
        }
        if (request.body().length > bodyLimit) {
            return tooLarge(bodyLimit);
        }
        var reply = switch (CloudEventReader.read(request)) {
            case Delivery.Single(var element) -> Replies.of(handle(element), tellBack);
            case Delivery.Batch(var elements) ->
                Replies.ofBatch(elements.stream().map(this::handle).toList(), tellBack);
        };
        goOn();
        return reply;
    }

    /** The same for what no request brought: this process watches, and has seen it itself. Never throws. */
    public Handled look(Sighting seen) {
        if (closing.get()) {
            return new Handled.TryAgain("shutting down");
        }
        var handled = told(handled(seen, "watch"));
        goOn();
        return handled;
    }

    private void goOn() {
        resumption.resume();
        if (pipeline.hasLeftWork()) {
            resumption.soon();
        }
    }

    /**
     * Answers at once what a look at the bytes is enough for: nothing fails, or the same failed a moment ago. Most events end here, so it costs
     * little and asks nobody. Never throws.
     *
     * @return empty for all that {@link #answer} has to look at
     */
    public Optional<Reply> atTheDoor(Request request) {
        return endsAtTheDoor(request.body().length)
                ? FirstLook.at(request).flatMap(this::withoutALook).map(this::answered)
                : Optional.empty();
    }

    /** As the door asks it. */
    public Glance glance() {
        return new Glance() {
            @Override
            public Optional<Reply> at(Request request) {
                return atTheDoor(request);
            }

            @Override
            public Optional<Reply> atPod(byte[] bytes, int length) {
                return endsAtTheDoor(length) && FirstLook.isWell(bytes, length)
                        ? Optional.of(answered(WELL))
                        : Optional.empty();
            }
        };
    }

    private boolean endsAtTheDoor(int length) {
        return !(tellBack instanceof TellBack.Incidents) && !closing.get() && length <= bodyLimit;
    }

    private Reply answered(Handled handled) {
        var reply = Replies.of(told(handled), new TellBack.Nothing());
        goOn();
        return reply;
    }

    private Optional<Handled> withoutALook(Sighting seen) {
        return switch (seen) {
            case Sighting.Unremarkable(var why) -> Optional.of(new Handled.Dropped(why));
            case Sighting.Suspicious(var pod) -> pipeline.known(pod);
            case Sighting.Unusable _, Sighting.Decided _ -> Optional.empty();
        };
    }

    /** Counts an event that was answered before there was a pipeline. */
    public void droppedBefore() {
        pipeline.reporter().handled(EventOutcome.DROPPED);
    }

    /** From now on every event is answered with 503: the source sends it again, to whoever is up by then. */
    public void close() {
        closing.set(true);
    }

    /** Takes back {@link #close}. */
    public void open() {
        closing.set(false);
    }

    public static Reply tooLarge(long bodyLimit) {
        return Replies.problem(new Problem(
                Problem.Kind.BODY_TOO_LARGE, "the body is larger than " + bodyLimit + " bytes (KUBESENT_MAX_BODY)"));
    }

    private Handled handle(Delivery.Element element) {
        return told(handled(element));
    }

    private Handled told(Handled handled) {
        if (handled instanceof Handled.Known(var incidents)) {
            incidents.stream().filter(RecentFailures.Ref::watched).forEach(resumption::lookAt);
        }
        pipeline.reporter()
                .handled(
                        switch (handled) {
                            case Handled.Dropped _ -> EventOutcome.DROPPED;
                            case Handled.Opened _ -> EventOutcome.OPENED;
                            case Handled.Known _ -> EventOutcome.REPEATED;
                            case Handled.Rejected _ -> EventOutcome.REJECTED;
                            case Handled.TryAgain _ -> EventOutcome.TRY_AGAIN;
                        });
        return handled;
    }

    private Handled handled(Delivery.Element element) {
        return switch (element) {
            case Delivery.Unreadable(var problem) -> new Handled.Rejected(problem);
            case Delivery.Readable(var event) -> handled(FirstLook.at(event), event.attribute("id"));
        };
    }

    private Handled handled(Sighting seen, String id) {
        return switch (seen) {
            case Sighting.Unremarkable(var why) -> new Handled.Dropped(why);
            case Sighting.Unusable(var problem) -> new Handled.Rejected(problem);
            case Sighting.Suspicious(var pod) -> pipeline.known(pod).orElseGet(() -> looked(id, pod));
            case Sighting.Decided(var namespace, var name) ->
                admission
                        .whyNot(namespace, name)
                        .<Handled>map(Handled.Rejected::new)
                        .orElseGet(() -> answered(
                                id, "incident " + namespace + "/" + name, () -> pipeline.decided(namespace, name)));
        };
    }

    private Handled looked(String id, PodEvent pod) {
        return answered(id, pod.namespace() + "/" + pod.name(), () -> pipeline.handle(pod, admission));
    }

    private static Handled answered(String id, String about, Supplier<Handled> handling) {
        try {
            return handling.get();
        } catch (UnusablePodException e) {
            return new Handled.Rejected(
                    new Problem(Problem.Kind.MALFORMED_JSON, "the event's data is not a pod: " + e.getMessage()));
        } catch (ClusterException e) {
            if (e.isForWantOfARight()) {
                // Not to be sent again: a right does not come by trying.
                LOG.info(
                        "{} is left alone, as its namespace does not bind the ClusterRole kubesent-healer"
                                + " (knative/README.md): {}",
                        about,
                        e.getMessage());
                return new Handled.Dropped(Sighting.Why.NOT_GRANTED);
            }
            LOG.warn("event {} about {}: {}", id, about, e.getMessage());
            return new Handled.TryAgain(Replies.said(e));
        } catch (RejectedExecutionException e) {
            return new Handled.TryAgain(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Our own error. It must not cost the event, nor be quiet.
            LOG.error("a defect of KubeSent, at event {} about {}", id, about, e);
            return new Handled.TryAgain("an internal error; the log has it");
        }
    }
}
