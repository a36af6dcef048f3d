package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The three writing ports on a real API server. One method call is one HTTP request. */
public final class KubernetesWrites implements RecordWriter, ClusterWriter {

    private static final String JSON = "application/json";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String AS_KUBESENT = "fieldManager=kubesent";

    /** Seconds; above the client's own request time-out, which should end the call first. */
    private static final long LAST_RESORT_TIMEOUT = 15;

    private final KubernetesClient client;

    public KubernetesWrites(KubernetesClient client) {
        this.client = client;
    }

    /** The same requests with {@code dryRun=All}. */
    public DryRun dryRun() {
        return new DryRun() {
            @Override
            public void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
                send(
                        "PATCH",
                        path(target) + subresource.pathSuffix() + "?dryRun=All&",
                        JSON_PATCH,
                        PatchOperation.patch(operations));
            }

            @Override
            public Pod create(Pod pod) {
                return sent(send("POST", collection(pod) + "?dryRun=All&fieldValidation=Strict&", JSON, pod), pod);
            }

            @Override
            public void delete(ObjectRef pod) {
                // In the body: the API server reads no options from the query where a body has them, and would delete.
                var options = exactly(pod);
                options.setDryRun(List.of("All"));
                send("DELETE", path(pod) + "?dryRun=All&", JSON, options);
            }
        };
    }

    @Override
    public <T extends HasMetadata> T create(T record) {
        refuseWorkloads(record);
        return sent(send("POST", collection(record) + "?fieldValidation=Strict&", JSON, record), record);
    }

    @Override
    public <T extends HasMetadata> T replaceStatus(T record) {
        refuseWorkloads(record);
        var path = collection(record) + "/" + record.getMetadata().getName() + "/status?";
        return sent(send("PUT", path, JSON, record), record);
    }

    @Override
    public void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
        send("PATCH", path(target) + subresource.pathSuffix() + "?", JSON_PATCH, PatchOperation.patch(operations));
    }

    @Override
    public Pod create(Pod pod) {
        return sent(send("POST", collection(pod) + "?fieldValidation=Strict&", JSON, pod), pod);
    }

    @Override
    public void delete(ObjectRef pod) {
        send("DELETE", path(pod) + "?", JSON, exactly(pod));
    }

    private static DeleteOptions exactly(ObjectRef pod) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(pod.uid())
                .endPreconditions()
                .build();
    }

    private String send(String method, String pathAndQuery, String contentType, Object body) {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + pathAndQuery + AS_KUBESENT)
                .method(method, contentType, KubernetesJson.json(body))
                .build();
        var response = await(http.sendAsync(request, byte[].class));
        var answer = new String(response.body(), StandardCharsets.UTF_8);
        if (!response.isSuccessful()) {
            throw Refusals.of(
                    response.code(), status(answer), method + " " + pathAndQuery + ": HTTP " + response.code());
        }
        return answer;
    }

    private static HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> answer) {
        try {
            return answer.get(LAST_RESORT_TIMEOUT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.unreachable(e);
        } catch (ExecutionException | TimeoutException e) {
            throw Refusals.unreachable(e);
        }
    }

    @SuppressWarnings("unchecked") // the answer to a write of a T is that T
    private static <T extends HasMetadata> T sent(String answer, T record) {
        return KubernetesJson.parse(answer, (Class<T>) record.getClass());
    }

    private static Status status(String answer) {
        try {
            return KubernetesJson.parse(answer, Status.class);
        } catch (RuntimeException notAStatus) {
            // A proxy in between answers with HTML: the HTTP code has to do.
            return new Status();
        }
    }

    private static void refuseWorkloads(HasMetadata record) {
        if (!(record instanceof Event) && !(record instanceof CustomResource)) {
            throw new ClusterException(Kind.REJECTED, record.getKind() + " is not a record of KubeSent");
        }
    }

    private static String collection(HasMetadata object) {
        return root(object.getApiVersion()) + "/namespaces/"
                + object.getMetadata().getNamespace() + "/" + HasMetadata.getPlural(object.getClass());
    }

    private static String path(ObjectRef ref) {
        var kind = WorkloadKind.of(ref)
                .orElseThrow(() -> new ClusterException(Kind.REJECTED, ref.display() + " is not a workload"));
        return root(ref.apiVersion()) + "/namespaces/" + ref.namespace() + "/" + kind.plural() + "/" + ref.name();
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }
}
