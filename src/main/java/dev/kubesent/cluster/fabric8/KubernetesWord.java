package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Watched;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.command.PersonWriter;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/** A person's word, on a real API server, as merge patches: nothing that was read before is sent back. */
public final class KubernetesWord implements PersonWriter {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** Whom an incident then names as the one who approved; not {@code kubesent}, which is KubeSent's own account. */
    private static final String MANAGER = "kubectl-kubesent";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ApiRequests api;

    public KubernetesWord(KubernetesClient client) {
        this.api = new ApiRequests(client);
    }

    @Override
    public void say(String namespace, String incident, ObjectNode spec) {
        var incidents = ApiPath.of(Watched.INCIDENTS.apiVersion(), namespace, Watched.INCIDENTS.plural());
        // A CRD of an older version would drop a rejection, and answer as if it were written.
        patch(
                incidents.named(incident).with("fieldValidation", "Strict"),
                NODES.objectNode().set("spec", spec));
    }

    @Override
    public void set(String namespace, String configMap, Map<String, String> data) {
        var maps = ApiPath.of("v1", namespace, "configmaps");
        var patch = NODES.objectNode();
        data.forEach(patch.withObject("/data")::put);
        try {
            patch(maps.named(configMap), patch);
        } catch (ClusterException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            var made = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(configMap)
                    .endMetadata()
                    .withData(data)
                    .build();
            send("POST", maps, JSON, made);
        }
    }

    @Override
    public void annotate(ObjectRef workload, String key, Optional<String> value) {
        var kind = WorkloadKind.of(workload)
                .orElseThrow(() -> new ClusterException(Kind.REJECTED, workload.display() + " is not a workload"));
        var patch = NODES.objectNode();
        patch.withObject("/metadata/annotations")
                .set(key, value.<JsonNode>map(NODES::textNode).orElseGet(NODES::nullNode));
        patch(
                ApiPath.of(workload.apiVersion(), workload.namespace(), kind.plural())
                        .named(workload.name()),
                patch);
    }

    private void patch(ApiPath path, JsonNode patch) {
        send("PATCH", path, MERGE_PATCH, patch);
    }

    private void send(String method, ApiPath path, String contentType, Object body) {
        var _ = api.send(method, path.with("fieldManager", MANAGER), contentType, body)
                .orRefused();
    }
}
