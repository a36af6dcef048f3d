package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;

/**
 * What a change does, as one number: of the requests that would be sent, and of nothing that is printed. So it stays the same when it is only
 * told in other words, and is another when the same words would be told of another change (a probe or a template is not shown whole).
 */
final class ChangeFingerprint {

    /** It moves when a workload is scaled, and says how fresh the look was; what is done does not depend on it. */
    private static final String GENERATION = "/metadata/generation";

    private ChangeFingerprint() {}

    /** Which pods are stuck, and are deleted for it, is seen when it is made. */
    static String of(Change change) {
        var requests = JsonNodeFactory.instance.objectNode();
        requests.put("remedy", change.remedy());
        requests.set("target", KubernetesJson.tree(change.target()));
        requests.set("operations", sent(change.operations()));
        return Fingerprint.whole(requests.setAll(change.besidePatch()));
    }

    /** As it stands in a fingerprint. */
    static JsonNode sent(List<PatchOperation> operations) {
        return PatchOperation.patch(operations.stream()
                .filter(operation -> !(operation instanceof PatchOperation.Test test
                        && test.path().equals(GENERATION)))
                .toList());
    }
}
