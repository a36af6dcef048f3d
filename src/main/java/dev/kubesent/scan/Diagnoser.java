package dev.kubesent.scan;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.change.Change;
import dev.kubesent.change.Plan;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.command.Target;
import dev.kubesent.diagnosis.Advice;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.evidence.ImageRegistry;
import dev.kubesent.evidence.PodOwners;
import dev.kubesent.evidence.Reach;
import dev.kubesent.failure.Failure;
import dev.kubesent.incident.WorkloadIncidents;
import dev.kubesent.remedy.Remedies;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Says why a pod fails, and what would be done about it: by the rules that KubeSent heals by, and with no hands. */
final class Diagnoser {

    private final EvidenceReader evidence;
    private final Remedies remedies;
    private final Optional<Trial> trial;

    /** @param trial tries what would be done, where a dry run was asked for */
    Diagnoser(ClusterReader cluster, Optional<Trial> trial, Clock clock) {
        this.trial = trial;
        this.evidence = new EvidenceReader(
                cluster,
                ImageRegistry.none(),
                Reach.OWN_NAMESPACE,
                name -> cluster.get(Namespace.class, "", name),
                clock);
        this.remedies = Remedies.describing(cluster, clock);
    }

    /** Whether the controller that the pod names made it, or it names none. */
    boolean isProven(Pod pod) {
        return ControllerRef.of(pod).isEmpty()
                || evidence.owners(pod).controller().isPresent();
    }

    /** Whether a pod is of what was asked for. */
    enum Belonging {
        YES,
        NO,
        /** It says so by its names; and who made it is not proven, may not be read, or is of a kind that is not known. */
        UNTOLD
    }

    Belonging belongs(Pod pod, Target target) {
        var owners = evidence.owners(pod);
        var name = pod.getMetadata().getName();
        var controller = owners.controller().map(ObjectRef::display).orElse("");
        if (target.is(name, controller, workload(owners, name))) {
            return Belonging.YES;
        }
        var isTold = owners.chain()
                .present()
                .filter(chain -> chain.links().isEmpty() || chain.knownTop().isPresent())
                .isPresent();
        return isTold || target.isPod() ? Belonging.NO : Belonging.UNTOLD;
    }

    private static String workload(PodOwners owners, String pod) {
        return owners.workload().orElse("Pod/" + pod);
    }

    Found of(Failure failure, Pod pod, int pods) {
        var owners = evidence.owners(pod);
        var name = pod.getMetadata().getName();
        var workload = workload(owners, name);
        // What KubeSent did before is in incidents, which nobody has to have installed.
        var known = new Beforehand(owners, Optional.of(new WorkloadIncidents(workload, List.of())));
        var read = evidence.read(failure, pod, unwritten(pod), known);
        var diagnosis = Rules.diagnose(read);
        var would = change(diagnosis, read);
        // The amount depends on limits, quotas and the node, which only a change that is made or tried needs.
        var tried = trial.filter(_ -> would.isPresent())
                .flatMap(one -> change(diagnosis, evidence.forChange(read, unwritten(pod)))
                        .map(one::of));
        return new Found(
                pod.getMetadata().getNamespace(),
                workload,
                failure.subject().container(),
                failure.kind(),
                name,
                pods,
                diagnosis.cause(),
                diagnosis.confidence(),
                diagnosis.explanation(),
                diagnosis.quotes().stream().map(Quote::toString).toList(),
                would.map(Change::purpose).orElse(""),
                tried.orElse(""),
                Advice.of(diagnosis.action(), failure.subject().container()),
                read.missing());
    }

    private Optional<Change> change(Diagnosis diagnosis, Evidence read) {
        return switch (remedies.describe(diagnosis, read)) {
            case Plan.Planned(var change) -> Optional.of(change);
            case Plan.Nothing _ -> Optional.empty();
        };
    }

    private static Incident unwritten(Pod pod) {
        var incident = new Incident();
        incident.setMetadata(new ObjectMetaBuilder()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName("scan")
                .build());
        return incident;
    }
}
