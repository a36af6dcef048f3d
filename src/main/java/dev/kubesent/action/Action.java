package dev.kubesent.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * What could be done about a cause: a closed set, whose amounts and places our code computes later. What is asked of each stands with it, whoever
 * proposes it.
 */
public sealed interface Action permits Action.None, RaiseMemory, RollBack, Restart, OfOneField {

    /** As an incident names it. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** Whether it changes anything. */
    default boolean isHealing() {
        return true;
    }

    /** Whether it is only for a pod of which a container is down. */
    default boolean isForWhatIsDown() {
        return isHealing();
    }

    /** What a person does next; of what KubeSent can do, also what that would be. @param container the failing one */
    String advice(String container);

    /** The causes that a deterministic rule knows this action to cure. No diagnosis, a model's included, goes past it. */
    List<Cause> cures();

    /** What of the evidence itself is missing for it, whatever a diagnosis and its confidence say: a rule may be wrong, and a model will be. */
    Optional<Refusal> whyNotProven(Evidence evidence);

    /** How sure one has to be for it to be made without a person. */
    Sureness needs(Evidence evidence);

    /**
     * What of the failing container it changes, as a person can merge it into the template: a strategic merge patch. Empty where it changes nothing
     * there, or it does not fit.
     */
    Optional<ObjectNode> inContainer(Evidence evidence);

    /** Nothing that KubeSent does would help. @param advice what a person could do */
    record None(String advice) implements Action {

        /** With what the chapter of a cause advises. */
        public static None of(Cause cause) {
            return new None(cause.advice());
        }

        @Override
        public String label() {
            return "None: " + advice;
        }

        @Override
        public boolean isHealing() {
            return false;
        }

        @Override
        public String advice(String container) {
            return advice;
        }

        @Override
        public List<Cause> cures() {
            return List.of(Cause.values());
        }

        @Override
        public Optional<Refusal> whyNotProven(Evidence evidence) {
            return Optional.empty();
        }

        @Override
        public Sureness needs(Evidence evidence) {
            return new Sureness.NotAsked();
        }

        @Override
        public Optional<ObjectNode> inContainer(Evidence evidence) {
            return Optional.empty();
        }
    }
}
