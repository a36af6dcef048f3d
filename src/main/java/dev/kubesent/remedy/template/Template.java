package dev.kubesent.remedy.template;

import dev.kubesent.change.RevisionRef;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.revision.KeptRevision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Comparator;
import java.util.Optional;

/** The pod template of a workload. */
public final class Template {

    private Template() {}

    /** The revision that its controller keeps of it; empty before the controller has seen it. */
    public static Optional<RevisionRef> current(ClusterReader reader, GenericKubernetesResource workload) {
        var live = Fingerprint.ofTemplate(workload);
        return KeptRevision.all(reader, workload).stream()
                .filter(kept -> live.equals(Fingerprint.of(kept.template())))
                .max(Comparator.comparingLong(KeptRevision::number))
                .map(kept -> new RevisionRef(kept.name(), kept.hash(), kept.number()));
    }

    public static String overtaken(ObjectRef workload) {
        return "somebody has changed the template of " + workload.display() + " since";
    }

    public static boolean isAs(String template, GenericKubernetesResource live) {
        return template.equals(Fingerprint.ofTemplate(live));
    }
}
