package dev.kubesent.pipeline.work;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.incident.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** When the work on a claimed incident is done: before the answer, or after it. */
public interface Work extends AutoCloseable {

    /** Longer than any request lasts (Knative's own bound is ten minutes): nobody waits for the answer then. */
    Duration LONGEST_REQUEST = Duration.ofHours(1);

    /**
     * @param meanwhile what to answer with where the work is done later
     * @throws java.util.concurrent.RejectedExecutionException where there is too much of it already, or we are shutting down
     */
    <T> T run(Supplier<T> healing, T meanwhile);

    /** Which of a namespace's work goes first. */
    enum Order {
        /** A change was made and is to be looked at, taken back or finished, or a person has let it go ahead. */
        BEGUN,
        NEW;

        public static Order of(Incident incident) {
            return incident.progress().phase().atWork() || Incidents.isApprovedAnew(incident) ? BEGUN : NEW;
        }
    }

    /**
     * What a piece of work takes of what all share.
     *
     * @param namespace whose work it is: none may take all places
     * @param weigh says what it holds while it waits, in bytes, and makes it small; asked once, and only where it has to wait
     */
    record Load(String namespace, IntSupplier weigh, Order order) {

        public Load(String namespace, int weight, Order order) {
            this(namespace, () -> weight, order);
        }

        /** @param beside what waits beside the incident, in bytes */
        public static Load of(Incident incident, IntSupplier beside) {
            return new Load(
                    incident.getMetadata().getNamespace(),
                    () -> KubernetesJson.json(incident).length() + beside.getAsInt(),
                    Order.of(incident));
        }
    }

    /** Whether {@link #run} would take such work now, as far as can be told. */
    default boolean hasRoom(String namespace, Order order) {
        return true;
    }

    /** Whether the answer goes out first. Then an event that says nothing new may be answered without a look. */
    default boolean isBehindTheAnswer() {
        return false;
    }

    /** When what has run longest was begun; empty where nothing runs, or who asks is who works. */
    default Optional<Instant> runsSince() {
        return Optional.empty();
    }

    /** The same, in its turn. */
    default <T> T run(Load load, Supplier<T> healing, T meanwhile) {
        return run(healing, meanwhile);
    }

    /** The same. @param notBegun told where it was taken, and could not be begun after all: nobody does it */
    default <T> T run(Load load, Supplier<T> healing, T meanwhile, Runnable notBegun) {
        return run(load, healing, meanwhile);
    }

    /** Waits for what is under way, up to a bound. */
    @Override
    void close();

    /** As {@link #beforeTheAnswer}, but not in the thread that the request came in: others ask for probes meanwhile. */
    static Work besideTheRequest(Clock clock) {
        var workers = new Workers("healing", clock);
        return new Work() {
            @Override
            public <T> T run(Supplier<T> healing, T meanwhile) {
                try {
                    return workers.call(healing, LONGEST_REQUEST);
                } catch (TimeoutException e) {
                    return meanwhile;
                }
            }

            @Override
            public Optional<Instant> runsSince() {
                return workers.runsSince();
            }

            @Override
            public void close() {
                // the web server, which stops after this, waits for the requests, and they for their work
            }
        };
    }

    /** Work first, answer after: local, and wherever the processor stops with the answer (AWS Lambda). */
    static Work beforeTheAnswer() {
        return new Work() {
            @Override
            public <T> T run(Supplier<T> healing, T meanwhile) {
                return healing.get();
            }

            @Override
            public void close() {
                // nothing is ever under way behind an answer
            }
        };
    }
}
