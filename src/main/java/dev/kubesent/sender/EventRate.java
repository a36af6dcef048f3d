package dev.kubesent.sender;

import dev.kubesent.cluster.Name;
import dev.kubesent.event.Admission;
import dev.kubesent.event.Problem;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Counts events by what they are about, and not by what the headers of their request say, nor one for a whole batch. What repeats, and what is
 * healthy, is answered before it gets here. Pods that were never heard of share one budget of their namespace, and those of namespaces of
 * which it is not known that they opted in one for all: inventing a name costs a sender nothing and us a read.
 */
public final class EventRate implements Admission {

    /** New pods a second, for ever and at once: a node that fails with all its pods (110) brings fewer. */
    private static final int NEW = 50;

    private static final int NEW_BURST = 200;

    /** Of one pod: it has a write of its status every few seconds. */
    private static final int POD = 10;

    private static final int POD_BURST = 50;

    /** Of one namespace: the real adapter sends one event after the other, at 5 to 13 ms each. */
    private static final int NAMESPACE = 100;

    private static final int NAMESPACE_BURST = 500;

    private final Predicate<Name> hasOptedIn;
    private final RateLimit namespaces;
    private final RateLimit heardOf;
    private final RateLimit unheardOf;

    /** @param hasOptedIn of a namespace, as far as that is known without asking the cluster */
    public EventRate(Predicate<Name> hasOptedIn, Clock clock) {
        this.hasOptedIn = hasOptedIn;
        this.namespaces = new RateLimit(NAMESPACE_BURST, NAMESPACE, clock);
        this.heardOf = new RateLimit(POD_BURST, POD, clock);
        this.unheardOf = new RateLimit(NEW_BURST, NEW, clock);
    }

    @Override
    public Optional<Problem> whyNot(Name namespace, Name name) {
        var pod = namespace + "/" + name;
        var budget = hasOptedIn.test(namespace) ? namespace.text() : "";
        if (!heardOf.knows(pod) && !unheardOf.admits(budget)) {
            return tooMany("more than %d events a second of pods that were never heard of before".formatted(NEW));
        }
        if (!heardOf.admits(pod)) {
            return tooMany("more than %d events a second of one pod".formatted(POD));
        }
        return namespaces.admits(namespace.text())
                ? Optional.empty()
                : tooMany("more than %d events a second of one namespace".formatted(NAMESPACE));
    }

    private static Optional<Problem> tooMany(String detail) {
        return Optional.of(new Problem(Problem.Kind.TOO_MANY_EVENTS, detail));
    }
}
