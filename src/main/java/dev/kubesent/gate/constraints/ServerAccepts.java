package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.change.Request;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.DryRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Optional;

/** The API server's own word on the exact change, from a dry run with all of authorization, validation and admission. */
final class ServerAccepts implements Constraint {

    /** Kubernetes allows 253 characters for a name. */
    private static final int NAME_LENGTH = 253;

    private static final String TRIAL_SUFFIX = "-kubesent-dry-run";

    private final DryRun dryRun;

    ServerAccepts(DryRun dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.inScope() ? judged.change().flatMap(this::refused) : Optional.empty();
    }

    /** One request after the other: of what the first is refused for, the next says nothing new. */
    Optional<Refusal> refused(Change change) {
        try {
            return change.requests().stream()
                    .flatMap(request -> answer(request).flatMap(change::alteredIn).stream())
                    .findFirst()
                    .flatMap(altered -> Constraint.no(RefusalReason.DRY_RUN_REFUSED, altered));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e; // not a refusal: no answer, to be asked again
            }
            return Constraint.no(reason(e), String.valueOf(e.getMessage()));
        }
    }

    /** What would be made of it; empty where nothing would. */
    private Optional<HasMetadata> answer(Request request) {
        return switch (request) {
            case Request.Patch(var target, var subresource, var operations) ->
                Optional.of(dryRun.patch(target, subresource, operations));
            case Request.Create(var pod) -> Optional.of(dryRun.create(trial(pod)));
            case Request.Delete(var pod) -> {
                dryRun.delete(pod);
                yield Optional.empty();
            }
            case Request.Evict(var pod) -> {
                dryRun.evict(pod);
                yield Optional.empty();
            }
        };
    }

    private static RefusalReason reason(ClusterException e) {
        if (e.isOfOurPolicy()) {
            return RefusalReason.BOUND_BY_SERVER;
        }
        return e.isForWantOfARight() ? RefusalReason.RIGHT_MISSING : RefusalReason.DRY_RUN_REFUSED;
    }

    /** The pod's own name is still taken, so the trial has another. */
    private static Pod trial(Pod manifest) {
        var name = manifest.getMetadata().getName();
        var cut = name.substring(0, Math.min(name.length(), NAME_LENGTH - TRIAL_SUFFIX.length()));
        return new PodBuilder(manifest)
                .editMetadata()
                .withName(cut + TRIAL_SUFFIX)
                .endMetadata()
                .build();
    }
}
