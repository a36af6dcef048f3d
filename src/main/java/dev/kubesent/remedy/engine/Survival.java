package dev.kubesent.remedy.engine;

import dev.kubesent.failure.Failure;
import io.fabric8.kubernetes.api.model.Pod;

/** How a workload does after a change. */
public sealed interface Survival {

    /** Everything that runs with the change has run and been ready for long enough. */
    record Alive(String detail) implements Survival {}

    /** What there is of it has; the rest goes on, or cannot for another reason. */
    record AliveInPart(String detail) implements Survival {}

    /** Not for long enough yet. */
    record Watching(String detail) implements Survival {}

    /** A container fails that runs with the change. */
    record Failing(Failure failure, Pod pod) implements Survival {}

    /** The time is over, and nothing has come up. */
    record NotUp(String detail) implements Survival {}

    /** The time is over; something lives with the change, which it would not without, and not all of it. */
    record Unfinished(String detail) implements Survival {}

    /** Nothing runs with the change, and by somebody's choice: there is nothing to watch. */
    record Dormant(String detail) implements Survival {}

    /** Somebody has changed again what was changed; theirs stands. */
    record Overtaken(String detail) implements Survival {}

    record Gone(String detail) implements Survival {}
}
