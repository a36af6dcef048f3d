package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What became of the attempt to take an incident. */
public sealed interface Claim {

    Incident incident();

    /** Ours, for as long as the lease holds. It may be new, or one that another process left unfinished. */
    record Ours(Incident incident) implements Claim {}

    /**
     * Free, with something to do about it: to be taken when the work on it begins, and not before. What waits for a place holds no lease, so that
     * none runs out over it.
     *
     * @param seen adds what was seen, as it is taken
     * @param sentence for its story
     */
    record Due(Incident incident, UnaryOperator<IncidentStatus> seen, Optional<String> sentence) implements Claim {}

    /** Another worker has it. */
    record Held(Incident incident) implements Claim {}

    /** A change was made to this workload, and how it does is being watched: what fails now is that change's story. */
    record Watched(Incident incident) implements Claim {}

    /** Taken over too often without an end, and put aside just now: somebody has to be told. */
    record Parked(Incident incident) implements Claim {}

    /** Nothing to do now: acted on, or refused a short while ago. */
    record Settled(Incident incident) implements Claim {}
}
