package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;
import java.util.Set;

/**
 * Evicts one pod of a controller, which makes another of the same template. It is asked for through the eviction API, which keeps the
 * PodDisruptionBudgets (kubernetes.io, "API-initiated Eviction").
 *
 * @param target the pod
 * @param workload whose pod it is
 * @param failure which is to be cured by it, of this container
 * @param revision of its pods, by which its successor is known
 */
public record PodEviction(
        ObjectRef target, ObjectRef workload, FailureKind failure, String container, RevisionRef revision)
        implements Change {

    @Override
    public List<PatchOperation> operations() {
        return List.of();
    }

    @Override
    public Deed deed() {
        return Deed.RESTART;
    }

    @Override
    public Set<String> keeps() {
        return Set.of("target", "workload", "revision");
    }

    @Override
    public Touches touches() {
        return Touches.POD;
    }

    @Override
    public Grace grace() {
        return Grace.TO_STAY_DOWN;
    }

    @Override
    public NodeNeed nodeNeed() {
        return NodeNeed.READY;
    }

    @Override
    public boolean setsFields() {
        return false;
    }

    @Override
    public boolean maySet(String path, Set<String> fields) {
        return false;
    }

    @Override
    public List<ObjectRef> others() {
        return List.of(workload);
    }

    @Override
    public List<Request> requests() {
        return List.of(new Request.Evict(target));
    }

    @Override
    public ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public String was() {
        return target.display();
    }

    @Override
    public String becomes() {
        return "another of " + revision.display();
    }

    @Override
    @JsonIgnore
    public Permission permission() {
        return Permission.RESTART;
    }

    @Override
    public String purpose() {
        return "evict %s, for %s to make another".formatted(target.display(), workload.display());
    }

    @Override
    public List<String> diff() {
        return List.of(
                workload.display() + " in " + target.namespace(),
                "- " + target.display(),
                "+ another pod of " + revision.display());
    }

    /** As a person would do it; kubectl evicts only whole nodes. */
    @Override
    public String patchYaml() {
        return "# kubectl -n %s delete pod %s%n".formatted(target.namespace(), target.name());
    }
}
