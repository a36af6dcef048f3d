package dev.kubesent.gate;

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

    static String of(Change change) {
        var requests = JsonNodeFactory.instance.objectNode();
        requests.put("remedy", change.remedy());
        requests.set("target", KubernetesJson.tree(change.target()));
        requests.set("operations", sent(change.operations()));
        switch (change) {
            case Change.TemplatePatch patch -> requests.put("run", patch.run());
            case JobPatch patch -> requests.set("suspension", sent(patch.suspension()));
            case Change.PodReplacement replacement ->
                requests.set("manifest", KubernetesJson.tree(replacement.manifest()));
            // Which pods are stuck, and are deleted for it, is seen when it is made.
            case Change.TemplateRollback _, TemplateEdit _, PodEviction _, TrafficPin _, Change.PodResize _ -> {}
        }
        return Fingerprint.whole(requests);
    }

    private static JsonNode sent(List<PatchOperation> operations) {
        return PatchOperation.patch(operations.stream()
                .filter(operation -> !(operation instanceof PatchOperation.Test test
                        && test.path().equals(GENERATION)))
                .toList());
    }
}
