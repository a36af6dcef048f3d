package dev.kubesent.pipeline;

import dev.kubesent.incident.Incident;
import java.util.function.Supplier;

/** When the work on a claimed incident is done: before the answer, or after it. */
public interface Work extends AutoCloseable {

    /**
     * @param claimed what to answer with where the work is done later
     * @return the incident as far as it has come
     * @throws java.util.concurrent.RejectedExecutionException where there is too much of it already, or we are shutting down
     */
    Incident run(Supplier<Incident> healing, Incident claimed);

    /** Waits for what is under way, up to a bound. */
    @Override
    void close();

    /** Work first, answer after: local, and wherever the processor stops with the answer (AWS Lambda). */
    static Work beforeTheAnswer() {
        return new Work() {
            @Override
            public Incident run(Supplier<Incident> healing, Incident claimed) {
                return healing.get();
            }

            @Override
            public void close() {
                // nothing is ever under way behind an answer
            }
        };
    }
}
