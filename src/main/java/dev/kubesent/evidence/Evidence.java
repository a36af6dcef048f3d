package dev.kubesent.evidence;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.Failure;
import dev.kubesent.redaction.Masking;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known about one failure.
 *
 * @param pod as it was read from the live cluster
 * @param takenAt when it was read
 */
public record Evidence(
        Failure failure,
        Pod pod,
        Instant takenAt,
        Reading<List<String>> log,
        Reading<List<ObservedEvent>> events,
        Reading<OwnerChain> owners,
        Reading<Namespace> namespace,
        Reading<List<LimitRange>> limitRanges,
        Reading<List<ResourceQuota>> quotas,
        Reading<NodeFacts> node,
        Reading<History> history,
        Surroundings around) {

    /** The failing container, as the pod's spec has it. */
    public Container container() {
        var name = failure.subject().container();
        return containers()
                .filter(c -> c.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the pod's spec has no container " + name));
    }

    /** Ordinary and init containers. */
    public Stream<Container> containers() {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream());
    }

    /** The top of the owner chain as far as it could be read; the pod itself where it has no controller, or one that is not proven. */
    public ObjectRef workload() {
        return owners.present().flatMap(OwnerChain::workload).orElseGet(() -> ObjectRef.of(pod));
    }

    /** What the incident is named for, where it is not the pod itself. */
    public Optional<ObjectRef> controller() {
        return owners.present().flatMap(OwnerChain::controller);
    }

    /** The way from the CronJob down to the line that says why, as commands and what each shows; nothing for a pod that is of no Job. */
    public List<String> drillDown() {
        return DrillDown.of(this);
    }

    /** The pod as a person may see it. */
    public String podYaml() {
        return PodYaml.of(pod);
    }

    public String annotation(String key) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? "" : Objects.requireNonNullElse(annotations.get(key), "");
    }

    /** What could not be read, for the record. */
    public List<String> missing() {
        return Stream.concat(
                        Stream.of(log, events, owners, namespace, limitRanges, quotas, node, history), around.all())
                .flatMap(reading -> missing(reading).stream())
                .toList();
    }

    private static <T> Optional<String> missing(Reading<T> reading) {
        return reading.missing().map(m -> m.source() + ": " + Masking.text(m.why()));
    }
}
