package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.FieldConflict;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.cluster.WorkloadKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The three writing ports on a real API server. One method call is one HTTP request. */
public final class KubernetesWrites implements RecordWriter, ClusterWriter {

    private static final String JSON = "application/json";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String FIELD_MANAGER = "fieldManager";
    private static final String KUBESENT = "kubesent";

    private static final String APPLY = "application/apply-patch+yaml";

    private final ApiRequests api;

    public KubernetesWrites(KubernetesClient client) {
        this.api = new ApiRequests(client);
    }

    /** The same requests with {@code dryRun=All}. */
    public DryRun dryRun() {
        return new DryRun() {
            @Override
            public GenericKubernetesResource patch(
                    ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
                var answer = send(
                        "PATCH",
                        path(target).sub(subresource.segment()).with("dryRun", "All"),
                        JSON_PATCH,
                        PatchOperation.patch(operations));
                return KubernetesJson.parse(
                        new String(answer, StandardCharsets.UTF_8), GenericKubernetesResource.class);
            }

            @Override
            public List<FieldConflict> conflicts(ObjectRef target, Subresource subresource, ObjectNode fragment) {
                var path = path(target)
                        .sub(subresource.segment())
                        .with("dryRun", "All")
                        .with("force", false);
                return FieldConflicts.of(api.send("PATCH", path.with(FIELD_MANAGER, KUBESENT), APPLY, fragment));
            }

            @Override
            public Pod create(Pod pod) {
                return sent(send("POST", strict(toCreate(pod)).with("dryRun", "All"), JSON, pod), pod);
            }

            @Override
            public Job create(Job job) {
                return sent(send("POST", strict(toCreate(job)).with("dryRun", "All"), JSON, job), job);
            }

            @Override
            public void delete(ObjectRef pod) {
                // In the body: the API server reads no options from the query where a body has them, and would delete.
                var options = exactly(pod);
                options.setDryRun(List.of("All"));
                send("DELETE", path(pod).with("dryRun", "All"), JSON, options);
            }

            @Override
            public void evict(ObjectRef pod) {
                var options = exactly(pod);
                options.setDryRun(List.of("All"));
                evicted(send("POST", path(pod).sub("eviction").with("dryRun", "All"), JSON, eviction(pod, options)));
            }
        };
    }

    @Override
    public <T extends HasMetadata> T create(T record) {
        refuseWorkloads(record);
        return sent(send("POST", strict(toCreate(record)), JSON, record), record);
    }

    @Override
    public <T extends HasMetadata> T replaceStatus(T record) {
        refuseWorkloads(record);
        return sent(send("PUT", path(record).sub("status"), JSON, record), record);
    }

    @Override
    public <T extends HasMetadata> T replace(T record) {
        refuseWorkloads(record);
        return sent(send("PUT", strict(path(record)), JSON, record), record);
    }

    @Override
    public void delete(HasMetadata record) {
        refuseWorkloads(record);
        var meta = record.getMetadata();
        var asRead = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .endPreconditions()
                .build();
        send("DELETE", path(record), JSON, asRead);
    }

    @Override
    public void patch(ObjectRef target, Subresource subresource, List<PatchOperation> operations) {
        send("PATCH", path(target).sub(subresource.segment()), JSON_PATCH, PatchOperation.patch(operations));
    }

    @Override
    public Pod create(Pod pod) {
        return sent(send("POST", strict(toCreate(pod)), JSON, pod), pod);
    }

    @Override
    public Job create(Job job) {
        return sent(send("POST", strict(toCreate(job)), JSON, job), job);
    }

    @Override
    public void delete(ObjectRef pod) {
        send("DELETE", path(pod), JSON, exactly(pod));
    }

    @Override
    public void evict(ObjectRef pod) {
        evicted(send("POST", path(pod).sub("eviction"), JSON, eviction(pod, exactly(pod))));
    }

    /** The answer is a Status, which may tell of a failure whatever HTTP says. */
    private static void evicted(byte[] answer) {
        var status = KubernetesJson.parse(new String(answer, StandardCharsets.UTF_8), Status.class);
        if ("Failure".equals(status.getStatus())) {
            throw new ClusterException(Kind.REJECTED, String.valueOf(status.getMessage()));
        }
    }

    private static Eviction eviction(ObjectRef pod, DeleteOptions options) {
        return new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .withDeleteOptions(options)
                .build();
    }

    private static DeleteOptions exactly(ObjectRef pod) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(pod.uid())
                .endPreconditions()
                .build();
    }

    private byte[] send(String method, ApiPath path, String contentType, Object body) {
        return api.send(method, path.with(FIELD_MANAGER, KUBESENT), contentType, body)
                .orRefused();
    }

    @SuppressWarnings("unchecked") // the answer to a write of a T is that T
    private static <T extends HasMetadata> T sent(byte[] answer, T record) {
        return KubernetesJson.parse(new String(answer, StandardCharsets.UTF_8), (Class<T>) record.getClass());
    }

    private static void refuseWorkloads(HasMetadata record) {
        if (!(record instanceof Event) && !(record instanceof CustomResource) && !(record instanceof ConfigMap)) {
            throw new ClusterException(Kind.REJECTED, record.getKind() + " is not a record of KubeSent");
        }
    }

    private static ApiPath strict(ApiPath path) {
        return path.with("fieldValidation", "Strict");
    }

    private static ApiPath toCreate(HasMetadata object) {
        var name = object.getMetadata().getName();
        if (name != null && Name.parse(name).isEmpty()) {
            throw new ClusterException(Kind.REJECTED, object.getKind() + " cannot be created: its name is not valid");
        }
        return collection(object);
    }

    private static ApiPath collection(HasMetadata object) {
        return ApiPath.of(
                object.getApiVersion(),
                String.valueOf(object.getMetadata().getNamespace()),
                HasMetadata.getPlural(object.getClass()));
    }

    private static ApiPath path(HasMetadata record) {
        return collection(record).named(record.getMetadata().getName());
    }

    private static ApiPath path(ObjectRef ref) {
        var kind = WorkloadKind.of(ref)
                .orElseThrow(() -> new ClusterException(Kind.REJECTED, ref.display() + " is not a workload"));
        return ApiPath.of(ref.apiVersion(), ref.namespace(), kind.plural()).named(ref.name());
    }
}
