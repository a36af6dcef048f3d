package dev.kubesent.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.failure.FailureKind;
import java.util.List;

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
    @JsonIgnore
    public Permission permission() {
        return Permission.RESTART;
    }

    @Override
    @JsonIgnore
    public String purpose() {
        return "evict %s, for %s to make another".formatted(target.display(), workload.display());
    }

    @Override
    @JsonIgnore
    public List<String> diff() {
        return List.of(
                workload.display() + " in " + target.namespace(),
                "- " + target.display(),
                "+ another pod of " + revision.display());
    }

    /** As a person would do it; kubectl evicts only whole nodes. */
    @Override
    @JsonIgnore
    public String patchYaml() {
        return "# kubectl -n %s delete pod %s%n".formatted(target.namespace(), target.name());
    }
}
