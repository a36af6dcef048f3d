package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.Subresource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A cluster in memory. Safe for use by several threads. */
public final class InMemoryCluster extends MemoryReads implements RecordWriter, ClusterWriter {

    private final List<Reaction> reactions = new ArrayList<>();
    private final Clock clock;

    public InMemoryCluster(Clock clock) {
        this.clock = clock;
    }

    public synchronized void addReaction(Reaction reaction) {
        reactions.add(reaction);
    }

    /** Puts an object in as it is, status and all; gives it a uid where it has none. */
    public synchronized void load(HasMetadata object) {
        var tree = (ObjectNode) KubernetesJson.tree(object);
        if (!tree.at("/metadata/uid").isTextual()) {
            metadata(tree).put("uid", UUID.randomUUID().toString());
        }
        store(tree);
    }

    /** Takes an object out without telling anybody, as if it had never been. */
    public synchronized void unload(ObjectRef ref) {
        remove(ref);
    }

    @Override
    public synchronized <T extends HasMetadata> T create(T record) {
        return create(record, Mode.FOR_REAL);
    }

    @Override
    public synchronized Pod create(Pod pod) {
        var created = create(pod, Mode.FOR_REAL);
        reactions.forEach(r -> r.created(created));
        return created;
    }

    @Override
    public synchronized Job create(Job job) {
        return create(job, Mode.FOR_REAL);
    }

    @Override
    @SuppressWarnings("unchecked") // a T goes in, the same T comes out
    public synchronized <T extends HasMetadata> T replaceStatus(T record) {
        var sent = (ObjectNode) KubernetesJson.tree(record);
        var stored = asItWasRead(record);
        var next = stored.deepCopy();
        next.set("status", sent.path("status"));
        store(next);
        return (T) KubernetesJson.as(next.deepCopy(), record.getClass());
    }

    @Override
    @SuppressWarnings("unchecked") // a T goes in, the same T comes out
    public synchronized <T extends HasMetadata> T replace(T record) {
        var next = (ObjectNode) KubernetesJson.tree(record);
        asItWasRead(record);
        store(next);
        return (T) KubernetesJson.as(next.deepCopy(), record.getClass());
    }

    @Override
    public synchronized void delete(HasMetadata record) {
        asItWasRead(record);
        unload(ObjectRef.of(record));
    }

    private ObjectNode asItWasRead(HasMetadata record) {
        var stored = stored(ObjectRef.of(record));
        if (!stored.at("/metadata/resourceVersion")
                .asText()
                .equals(record.getMetadata().getResourceVersion())) {
            throw new ClusterException(Kind.CONFLICT, "the object has been modified; apply your changes to the latest");
        }
        return stored;
    }

    @Override
    public synchronized void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
        var before = stored(target);
        var next = Patching.apply(before, subresource, operations, clock);
        if (next.equals(before)) {
            return; // as the API server does: nothing changes, not even the resourceVersion
        }
        store(next);
        if (subresource == Subresource.NONE) {
            var written = KubernetesJson.as(next.deepCopy(), GenericKubernetesResource.class);
            reactions.forEach(r -> r.patched(written));
        }
    }

    @Override
    public synchronized void delete(ObjectRef pod) {
        var stored = exactly(pod);
        unload(pod);
        var deleted = KubernetesJson.as(stored, Pod.class);
        reactions.forEach(r -> r.deleted(deleted));
    }

    /** As the API server does where a budget allows it; where none does, nothing is deleted. */
    @Override
    public synchronized void evict(ObjectRef pod) {
        mayEvict(pod);
        delete(pod);
    }

    /** @throws ClusterException as the API server would answer */
    synchronized void mayEvict(ObjectRef pod) {
        Budgets.check(
                KubernetesJson.as(exactly(pod).deepCopy(), Pod.class),
                list(PodDisruptionBudget.class, pod.namespace()));
    }

    /** Answers as the writes do, and keeps nothing. */
    public DryRun dryRun() {
        return new MemoryDryRun(this);
    }

    synchronized ObjectNode patched(ObjectRef target, Subresource which, List<PatchOperation> operations) {
        return Patching.apply(stored(target), which, operations, clock);
    }

    synchronized ObjectNode stored(ObjectRef target) {
        return find(target).orElseThrow(() -> new ClusterException(Kind.NOT_FOUND, target.display() + " not found"));
    }

    enum Mode {
        FOR_REAL,
        DRY_RUN
    }

    @SuppressWarnings("unchecked") // a T goes in, the same T comes out
    synchronized <T extends HasMetadata> T create(T object, Mode mode) {
        var ref = ObjectRef.of(object);
        if (find(ref).isPresent()) {
            throw new ClusterException(Kind.ALREADY_EXISTS, ref.display() + " already exists");
        }
        var tree = (ObjectNode) KubernetesJson.tree(object);
        metadata(tree).put("uid", UUID.randomUUID().toString());
        metadata(tree).put("creationTimestamp", clock.instant().toString());
        tree.remove("status"); // only the status subresource writes it
        if (mode == Mode.FOR_REAL) {
            store(tree);
        }
        return (T) KubernetesJson.as(tree.deepCopy(), object.getClass());
    }

    synchronized ObjectNode exactly(ObjectRef pod) {
        var stored = stored(pod);
        if (!pod.uid().equals(stored.at("/metadata/uid").asText())) {
            throw new ClusterException(Kind.CONFLICT, "the UID in the precondition does not match");
        }
        return stored;
    }

    private static ObjectNode metadata(ObjectNode tree) {
        return tree.withObject("/metadata");
    }
}
