package dev.kubesent.sender;

import dev.kubesent.cluster.Name;
import dev.kubesent.event.Admission;
import dev.kubesent.event.Problem;
import java.time.Clock;
import java.util.Optional;

/**
 * Counts events by what they are about, and not by what the headers of their request say, nor one for a whole batch. Names that were
 * never heard of share one budget, as inventing one costs a sender nothing and us a read.
 */
public final class EventRate implements Admission {

    /** New pods a second, for ever and at once: a node that fails with all its pods (110) brings fewer. */
    private static final int NEW = 50;

    private static final int NEW_BURST = 200;

    /** Events of one namespace that have to be looked at; what repeats is answered before it gets here. */
    private static final int NAMESPACE = 100;

    private static final int NAMESPACE_BURST = 500;

    private final RateLimit namespaces;
    private final RateLimit heardOf;
    private final RateLimit unheardOf;

    public EventRate(Clock clock) {
        this.namespaces = new RateLimit(NAMESPACE_BURST, NAMESPACE, clock);
        this.heardOf = new RateLimit(NAMESPACE_BURST, NAMESPACE, clock);
        this.unheardOf = new RateLimit(NEW_BURST, NEW, clock);
    }

    @Override
    public Optional<Problem> whyNot(Name namespace, Name name) {
        var pod = namespace + "/" + name;
        if (!heardOf.knows(pod) && !unheardOf.admits("")) {
            return tooMany("more than %d events a second of pods that were never heard of before".formatted(NEW));
        }
        return heardOf.admits(pod) && namespaces.admits(namespace.text())
                ? Optional.empty()
                : tooMany("more than %d events a second of one namespace".formatted(NAMESPACE));
    }

    private static Optional<Problem> tooMany(String detail) {
        return Optional.of(new Problem(Problem.Kind.TOO_MANY_EVENTS, detail));
    }
}
