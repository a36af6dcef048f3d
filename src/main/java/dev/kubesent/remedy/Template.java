package dev.kubesent.remedy;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.evidence.KeptRevision;
import dev.kubesent.gate.RevisionRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.Optional;

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
}
