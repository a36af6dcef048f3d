package dev.kubesent.remedy;

import dev.kubesent.change.RevisionRef;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.evidence.revision.KeptRevision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pod template of a workload. */
final class Template {

    private Template() {}

    /** The revision that its controller keeps of it; empty before the controller has seen it. */
    static Optional<RevisionRef> current(ClusterReader reader, GenericKubernetesResource workload) {
        var live = Fingerprint.ofTemplate(workload);
        return KeptRevision.all(reader, workload).stream()
                .filter(kept -> live.equals(Fingerprint.of(kept.template())))
                .max(Comparator.comparingLong(KeptRevision::number))
                .map(kept -> new RevisionRef(kept.name(), kept.hash(), kept.number()));
    }

    /** Makes the patch, unless it is made already. @return why it is not made, or not any more; empty where the template is as meant */
    static Optional<Outcome> patch(
            ClusterReader reader,
            ClusterWriter writer,
            ObjectRef target,
            String template,
            List<PatchOperation> operations) {
        if (reader.get(target).filter(live -> isAs(template, live)).isPresent()) {
            return Optional.empty();
        }
        if (operations.isEmpty()) {
            return Optional.of(new Outcome.Stale("what was begun is not there any more"));
        }
        try {
            writer.patch(target, Subresource.NONE, operations);
            return Optional.empty();
        } catch (ClusterException e) {
            return Optional.of(Remedies.refused(e));
        }
    }

    /** How the workload does, while its template is still the one that was made. */
    static Survival judge(
            ClusterReader reader,
            ObjectRef target,
            String template,
            Function<GenericKubernetesResource, Survival> asItIs) {
        return reader.get(target)
                .map(live -> isAs(template, live)
                        ? asItIs.apply(live)
                        : new Survival.Overtaken("somebody has changed the template of " + target.display() + " since"))
                .orElseGet(() -> new Survival.Gone(target.display() + " is gone"));
    }

    static boolean isAs(String template, GenericKubernetesResource live) {
        return template.equals(Fingerprint.ofTemplate(live));
    }
}
