package dev.kubesent.event;

import dev.kubesent.cluster.Name;
import java.util.Optional;

/** Asked for each event that would cost a call to the cluster, after what it is about is known: a batch counts as many as it holds. */
@FunctionalInterface
public interface Admission {

    /** Why this one is too much now; empty where it is let in, and counted. */
    Optional<Problem> whyNot(Name namespace, Name name);

    /** Where nobody sends but ourselves. */
    static Admission ofEverything() {
        return (_, _) -> Optional.empty();
    }
}
