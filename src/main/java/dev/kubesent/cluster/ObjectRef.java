package dev.kubesent.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Objects;

/**
 * One object of the cluster, by type, name and uid. The uid tells a pod from its successor of the same name; it is empty
 * only where the writer of a reference did not give one.
 *
 * @param namespace empty for a cluster-scoped object
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ObjectRef(String apiVersion, String kind, String namespace, String name, String uid) {

    public static ObjectRef of(HasMetadata object) {
        var meta = object.getMetadata();
        return new ObjectRef(
                object.getApiVersion(),
                object.getKind(),
                Objects.requireNonNullElse(meta.getNamespace(), ""),
                meta.getName(),
                Objects.requireNonNullElse(meta.getUid(), ""));
    }

    /** The owner an object names; an owner lives in the namespace of what it owns, or in none (Kubernetes: garbage collection). */
    public static ObjectRef of(OwnerReference owner, String namespace) {
        return new ObjectRef(owner.getApiVersion(), owner.getKind(), namespace, owner.getName(), owner.getUid());
    }

    /** {@code Deployment/web}: how people write it. */
    public String display() {
        return kind + "/" + name;
    }
}
