package dev.kubesent.change;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** What of a change goes to the API server, and what is known by that. */
sealed interface Sent permits Change {

    /** What is changed: the workload, or the pod. */
    ObjectRef target();

    /** As a JSON Patch of the target; its {@code test} operations pin what was looked at. */
    List<PatchOperation> operations();

    /**
     * What it begins with, in this order. Each of them can be tried in a dry run, as things are; what is sent later follows from the answers.
     */
    List<Request> requests();

    /** Why what admission has made of a request is not what was asked for; empty where it is, or that does not matter. */
    default Optional<String> alteredIn(HasMetadata made) {
        return Optional.empty();
    }

    /** The fields that it sets, as they stand in the target; empty where it sets none. */
    ObjectNode fields();

    /** The changed fields inside an otherwise empty object, as server-side apply takes them. */
    default ObjectNode fragment() {
        return Fragment.of(target()).setAll(fields());
    }

    /** What it sends beside its patch, for the fingerprint. */
    default ObjectNode besidePatch() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Whether a field that is not in the old state is taken out, and not given another value. */
    default boolean takesOut() {
        return operations().stream().anyMatch(PatchOperation.Remove.class::isInstance);
    }
}
