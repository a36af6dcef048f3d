package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.remedy.Pause;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The real API server: what it is given, it judges; only the kubelet's part, logs and a pod's going, is played. */
public final class ApiServerTestCluster implements TestCluster {

    private static final Pattern DATA_BASE64 = Pattern.compile("(\"data_base64\": \")([^\"]+)");

    private final ApiServer server = ApiServer.required();

    @Override
    public Loaded load(Scenario scenario, Clock clock) {
        var uids = new HashMap<String, String>();
        for (var text : scenario.objects()) {
            create(translated(text, uids), uids);
        }
        var namespace = scenario.namespace();
        allow(namespace);
        var writes = new KubernetesWrites(server.kubesent());
        var ports = new Ports(
                new WithLog(new KubernetesReads(server.kubesent()), scenario.log()),
                writes.dryRun(),
                writes,
                writes,
                kubelet(namespace));
        return new Loaded(
                ports,
                EventPod.request(scenario, translatedEvent(scenario.event(), uids)),
                new KubernetesReads(server.admin()));
    }

    private void create(String text, Map<String, String> uids) {
        var tree = (ObjectNode) KubernetesJson.tree(KubernetesJson.parse(text, GenericKubernetesResource.class));
        var uid = tree.at("/metadata/uid").asText();
        tree.withObject("/metadata").remove(List.of("uid", "resourceVersion", "creationTimestamp", "generation"));
        var status = tree.remove("status");
        var created = existing(tree)
                .orElseGet(() -> server.admin()
                        .resource((HasMetadata) KubernetesJson.as(tree, GenericKubernetesResource.class))
                        .create());
        uids.put(uid, created.getMetadata().getUid());
        if (status != null) {
            setStatus(created, status);
        }
    }

    /** Nodes and the cluster's own namespaces are there for several scenarios. */
    private Optional<HasMetadata> existing(JsonNode tree) {
        var name = tree.at("/metadata/name").asText();
        return switch (tree.path("kind").asText()) {
            case "Node" ->
                Optional.ofNullable(server.admin().nodes().withName(name).get());
            case "Namespace" ->
                Optional.ofNullable(server.admin().namespaces().withName(name).get());
            default -> Optional.empty();
        };
    }

    private void setStatus(HasMetadata created, JsonNode status) {
        var tree = (ObjectNode) KubernetesJson.tree(created);
        tree.set("status", status);
        server.admin()
                .resource((HasMetadata) KubernetesJson.as(tree, GenericKubernetesResource.class))
                .updateStatus();
    }

    /** What README tells a user to run in a namespace that opts in. */
    private void allow(String namespace) {
        var binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("kubesent-healer")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "kubesent-healer")
                .addNewSubject("", "ServiceAccount", "kubesent", "kubesent")
                .build();
        server.admin().resource(binding).create();
    }

    /** While KubeSent waits, the pods that are being deleted go. */
    private Pause kubelet(String namespace) {
        return _ -> server.admin().pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                .forEach(pod -> server.admin().resource(pod).withGracePeriod(0).delete());
    }

    private static String translatedEvent(String event, Map<String, String> uids) {
        return DATA_BASE64
                .matcher(translated(event, uids))
                .replaceAll(match -> match.group(1)
                        + Base64.getEncoder()
                                .encodeToString(translated(
                                                new String(
                                                        Base64.getDecoder().decode(match.group(2)),
                                                        StandardCharsets.UTF_8),
                                                uids)
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static String translated(String text, Map<String, String> uids) {
        var translated = text;
        for (var uid : uids.entrySet()) {
            if (!uid.getKey().isEmpty()) {
                translated = translated.replace(uid.getKey(), uid.getValue());
            }
        }
        return translated;
    }

    /** There is no kubelet to ask for a log. */
    private record WithLog(ClusterReader real, Optional<String> log) implements ClusterReader {

        @Override
        public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
            return real.get(type, namespace, name);
        }

        @Override
        public Optional<GenericKubernetesResource> get(ObjectRef ref) {
            return real.get(ref);
        }

        @Override
        public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
            return real.list(type, namespace);
        }

        @Override
        public List<Pod> pods(String namespace, Map<String, String> labels) {
            return real.pods(namespace, labels);
        }

        @Override
        public List<Event> eventsAbout(ObjectRef object) {
            return real.eventsAbout(object);
        }

        @Override
        public String log(ContainerLog which) {
            var lines = log.orElseThrow(() -> new ClusterException(
                            ClusterException.Kind.REJECTED,
                            "no log of the " + which.run() + " run of container " + which.container()))
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - which.lines()), lines.size()));
        }
    }
}
