package dev.kubesent.gate.constraints;

import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Source;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.GatePolicy;
import dev.kubesent.gate.Plan;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a constraint judges. */
public record Case(Evidence evidence, Diagnosis diagnosis, Plan plan, GatePolicy policy) {

    /** Opts a namespace in ({@code enabled}), and anything out ({@code disabled}). */
    static final String HEAL = "kubesent.dev/heal";

    Optional<Change> change() {
        return switch (plan) {
            case Plan.Planned(var change) -> Optional.of(change);
            case Plan.Nothing _ -> Optional.empty();
        };
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
        return Stream.of("kube-", "knative-").anyMatch(namespace()::startsWith)
                || namespace().equals(policy.ownNamespace());
    }

    boolean optedIn(Namespace live) {
        return "enabled".equals(mark(live, HEAL));
    }

    /** A label or an annotation: people use either. Empty where neither is set. */
    static String mark(HasMetadata object, String key) {
        var labels = object.getMetadata().getLabels();
        var annotations = object.getMetadata().getAnnotations();
        var label = labels == null ? null : labels.get(key);
        var annotation = annotations == null ? null : annotations.get(key);
        return Objects.requireNonNullElse(label, Objects.requireNonNullElse(annotation, ""));
    }

    /** Answers with what the source says, or with CANNOT_TELL where it could not be read. */
    <T> Optional<Refusal> knowing(Reading<T> reading, Function<T, Optional<Refusal>> answer) {
        return switch (reading) {
            case Reading.Present<T>(T value) -> answer.apply(value);
            case Reading.Missing<T>(Source source, String why) ->
                Optional.of(new Refusal(RefusalReason.CANNOT_TELL, source + " could not be read: " + why));
        };
    }
}
