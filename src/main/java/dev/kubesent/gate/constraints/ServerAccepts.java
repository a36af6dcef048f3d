package dev.kubesent.gate.constraints;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.JobPatch;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import dev.kubesent.gate.TrafficPin;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
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

    Optional<Refusal> refused(Change change) {
        try {
            return switch (change) {
                // A Job that is made of it afterwards is no condition of it: what the server says of that is told then.
                case Change.TemplatePatch patch ->
                    altered(patch.template(), dryRun.patch(patch.target(), Subresource.NONE, patch.operations()));
                case Change.TemplateRollback rollback ->
                    altered(
                            rollback.template(),
                            dryRun.patch(rollback.target(), Subresource.NONE, rollback.operations()));
                case TemplateEdit edit ->
                    altered(edit.template(), dryRun.patch(edit.target(), Subresource.NONE, edit.operations()));
                case TrafficPin pin -> {
                    dryRun.patch(pin.target(), Subresource.NONE, pin.operations());
                    yield Optional.empty();
                }
                case PodEviction eviction -> {
                    dryRun.evict(eviction.target());
                    yield Optional.empty();
                }
                case JobPatch patch ->
                    altered(patch, dryRun.patch(patch.target(), Subresource.NONE, patch.suspension()));
                case Change.PodResize resize -> {
                    dryRun.patch(resize.target(), Subresource.RESIZE, resize.operations());
                    yield Optional.empty();
                }
                case Change.PodReplacement replacement -> {
                    dryRun.delete(replacement.target());
                    yield altered(replacement, dryRun.create(trial(replacement.manifest())));
                }
            };
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e; // not a refusal: no answer, to be asked again
            }
            return Constraint.no(reason(e), String.valueOf(e.getMessage()));
        }
    }

    private static RefusalReason reason(ClusterException e) {
        if (e.isOfOurPolicy()) {
            return RefusalReason.BOUND_BY_SERVER;
        }
        return e.isForWantOfARight() ? RefusalReason.RIGHT_MISSING : RefusalReason.DRY_RUN_REFUSED;
    }

    /** What admission makes another template of could be neither watched nor taken back: it would not be known again. */
    private static Optional<Refusal> altered(String template, GenericKubernetesResource made) {
        return template.isEmpty() || template.equals(Fingerprint.ofTemplate(made))
                ? Optional.empty()
                : Constraint.no(RefusalReason.DRY_RUN_REFUSED, "admission would make another template of it");
    }

    /** Without its mark, nobody would know that it has to be resumed. */
    private static Optional<Refusal> altered(JobPatch patch, GenericKubernetesResource made) {
        var annotations = made.getMetadata().getAnnotations();
        return annotations != null && patch.mark().equals(annotations.get(JobPatch.MARK))
                ? Optional.empty()
                : Constraint.no(RefusalReason.DRY_RUN_REFUSED, "admission would take the mark away that we set");
    }

    /** Admission may take a pod and make another of it: one with the old limit would be replaced for nothing, again and again. */
    private static Optional<Refusal> altered(Change.PodReplacement replacement, Pod made) {
        return replacement.raise().isIn(made)
                ? Optional.empty()
                : Constraint.no(
                        RefusalReason.DRY_RUN_REFUSED,
                        "admission would not give it the limit of "
                                + replacement.raise().to());
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
