package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.Watched;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What a person says of an incident, as a merge patch: nothing that was read before is sent back. */
public final class SpokenWord {

    /** Whom an incident then names as the one who approved; not {@code kubesent}, which is KubeSent's own account. */
    private static final String MANAGER = "kubectl-kubesent";

    private final ApiRequests api;

    public SpokenWord(KubernetesClient client) {
        this.api = new ApiRequests(client);
    }

    /** @param spec a JSON merge patch of the incident's spec */
    public void say(String namespace, String incident, ObjectNode spec) {
        var path = ApiPath.of(Watched.INCIDENTS.apiVersion(), namespace, Watched.INCIDENTS.plural())
                .named(incident)
                .with("fieldManager", MANAGER)
                .with(
                        "fieldValidation",
                        "Strict"); // a CRD that does not know the field would drop the word without a word
        var patch = JsonNodeFactory.instance.objectNode().set("spec", spec);
        var _ = api.send("PATCH", path, "application/merge-patch+json", patch).orRefused();
    }
}
