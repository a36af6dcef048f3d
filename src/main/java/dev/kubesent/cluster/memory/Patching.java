package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** A JSON Patch as the API server takes it, with the rules of validation that KubeSent can run into. */
final class Patching {

    private static final String TEMPLATE = "/spec/template";

    private Patching() {}

    /** The patched object; the given one stays as it is. */
    static ObjectNode apply(ObjectNode object, Subresource subresource, List<PatchOperation> operations, Clock clock) {
        JsonNode patched;
        try {
            patched = JsonPatch.apply(PatchOperation.patch(operations), object);
        } catch (JsonPatchException e) {
            throw rejected("the server rejected our request due to an error in our request: " + e.getMessage());
        }
        var next = (ObjectNode) patched;
        var specChanged = !next.path("spec").equals(object.path("spec"));
        validate(object, next, subresource, specChanged);
        if (specChanged) {
            var generation = object.at("/metadata/generation").asLong(1);
            next.withObject("/metadata").put("generation", generation + 1);
        }
        if (subresource == Subresource.RESIZE && specChanged) {
            noteResize(next, clock);
        }
        return next;
    }

    private static void validate(ObjectNode before, ObjectNode after, Subresource subresource, boolean specChanged) {
        var isPod = "Pod".equals(before.path("kind").asText());
        if (isPod && subresource == Subresource.NONE && specChanged) {
            throw rejected("Pod is invalid: spec: Forbidden: pod updates may not change fields other than the image");
        }
        if ("Job".equals(before.path("kind").asText())
                && !before.at(TEMPLATE).equals(after.at(TEMPLATE))
                && !isSuspended(before)) {
            throw rejected("Job is invalid: spec.template: field is immutable");
        }
        if (subresource == Subresource.RESIZE
                && "Guaranteed".equals(before.at("/status/qosClass").asText())
                && !isGuaranteed(after)) {
            throw rejected("Pod is invalid: spec: Pod QOS Class may not change as a result of resizing");
        }
        for (var container : containers(after)) {
            if (exceeds(container.at("/resources/requests/memory"), container.at("/resources/limits/memory"))) {
                throw rejected("is invalid: requests: must be less than or equal to memory limit");
            }
        }
    }

    /** KEP-5440, pkg/registry/batch/job/strategy.go: it says so itself, and its controller as well. */
    private static boolean isSuspended(ObjectNode job) {
        var told = job.at("/status/conditions").findParents("type").stream()
                .anyMatch(condition -> "Suspended".equals(condition.path("type").asText())
                        && "True".equals(condition.path("status").asText()));
        return job.at("/spec/suspend").asBoolean()
                && (told || job.at("/status/startTime").isMissingNode())
                && job.at("/status/active").asInt() == 0;
    }

    private static JsonNode containers(ObjectNode object) {
        return Stream.of("/spec/template", "/spec/jobTemplate/spec/template", "")
                .map(template -> object.at(template + "/spec/containers"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static boolean isGuaranteed(ObjectNode pod) {
        for (var container : pod.at("/spec/containers")) {
            if (!container.at("/resources/requests/memory").equals(container.at("/resources/limits/memory"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean exceeds(JsonNode request, JsonNode limit) {
        return request.isTextual()
                && limit.isTextual()
                && Memory.parse(request.asText()).exceeds(Memory.parse(limit.asText()));
    }

    private static void noteResize(ObjectNode pod, Clock clock) {
        pod.withArray("/metadata/managedFields")
                .addObject()
                .put("manager", "kubesent")
                .put("operation", "Update")
                .put("apiVersion", "v1")
                .put("subresource", "resize")
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static ClusterException rejected(String message) {
        return new ClusterException(Kind.REJECTED, message);
    }
}
