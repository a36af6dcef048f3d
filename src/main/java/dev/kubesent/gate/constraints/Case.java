package dev.kubesent.gate.constraints;

import dev.kubesent.change.Change;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Reading;
import dev.kubesent.gate.bounds.GatePolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Optional;
import java.util.function.Function;

/** What a constraint judges. */
public record Case(Evidence evidence, Diagnosis diagnosis, Plan plan, GatePolicy policy) {

    Optional<Change> change() {
        return switch (plan) {
            case Plan.Planned(var change) -> Optional.of(change);
            case Plan.Nothing _ -> Optional.empty();
        };
    }

    /** The raise, where it is one. */
    Optional<MemoryRaise> raise() {
        return change().flatMap(Change::memory);
    }

    String namespace() {
        return evidence.failure().subject().namespace();
    }

    /** Whether writing to this namespace is allowed at all; where it is not, not even a dry run is sent. */
    boolean inScope() {
        return !isProtected()
                && evidence.namespace().present().map(this::optedIn).orElse(false);
    }

    boolean isProtected() {
        return isProtected(namespace(), policy);
    }

    static boolean isProtected(String namespace, GatePolicy policy) {
        return GatePolicy.PROTECTED.stream().anyMatch(namespace::startsWith) || namespace.equals(policy.ownNamespace());
    }

    boolean optedIn(Namespace live) {
        var labels = live.getMetadata().getLabels();
        return labels != null && "enabled".equals(labels.get(GatePolicy.HEAL));
    }

    /** Whether a label or an annotation says so: people use either, and either is enough to keep the hands off. */
    static boolean isMarked(HasMetadata object, String key, String value) {
        var labels = object.getMetadata().getLabels();
        var annotations = object.getMetadata().getAnnotations();
        return labels != null && value.equals(labels.get(key))
                || annotations != null && value.equals(annotations.get(key));
    }

    /** Answers with what the source says, or with CANNOT_TELL where it could not be read. */
    <T> Optional<Refusal> knowing(Reading<T> reading, Function<T, Optional<Refusal>> answer) {
        return reading.whyNot(answer);
    }
}
