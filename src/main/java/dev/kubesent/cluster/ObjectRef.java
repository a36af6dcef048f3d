package dev.kubesent.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One object of the cluster, by type, name and uid. The uid tells a pod from its successor of the same name; it is empty
 * only where the writer of a reference did not give one.
 *
 * @param namespace empty for a cluster-scoped object
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ObjectRef(String apiVersion, String kind, String namespace, String name, String uid) {

    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}+");

    /** Mostly RFC 4122; what is not has still no other characters. */
    private static final Pattern UID = Pattern.compile("[0-9A-Za-z-]{1,64}+");

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

    /** {@code Deployment/web}: how people write it; {@code Deployment.example.com/web} where the kind is somebody else's of that name. */
    public String display() {
        var isAnothers = !apiVersion.isEmpty()
                && WorkloadKind.ofName(kind).isPresent()
                && WorkloadKind.of(this).isEmpty();
        return (isAnothers ? kind + "." + (group().isEmpty() ? apiVersion : group()) : kind) + "/" + name;
    }

    /** Of the API that the kind belongs to; empty for Kubernetes' first one. */
    public String group() {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    /**
     * Whether it can be the reference to an object at all. Of an owner reference the API server checks only that nothing of it is empty: whoever
     * creates a pod may write a megabyte into it.
     */
    @JsonIgnore
    public boolean isWellFormed() {
        var version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return KIND.matcher(kind).matches()
                && UID.matcher(uid).matches()
                && Name.parse(name).isPresent()
                && Name.parseLabel(version).isPresent()
                && (group().isEmpty() || Name.parse(group()).isPresent());
    }
}
