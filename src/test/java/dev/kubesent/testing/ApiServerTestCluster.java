package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.KubernetesVersion;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Page;
import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.remedy.engine.Pause;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The real API server: what it is given, it judges; only the kubelet's part, logs and a pod's going, is played. */
public final class ApiServerTestCluster implements TestCluster {

    private static final Pattern DATA_BASE64 = Pattern.compile("(\"data_base64\": \")([^\"]+)");

    private static final PatchContext BY_KUBECTL = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("kubectl-patch")
            .build();

    private final ApiServer server = ApiServer.required();

    @Override
    public Loaded load(Scenario scenario, Clock clock) {
        var uids = new HashMap<String, String>();
        for (var text : asTheyWereMade(scenario.objects())) {
            create(translated(text, uids), uids);
        }
        var namespace = scenario.namespace();
        allow(namespace);
        if (scenario.tellsAcrossNamespaces()) {
            server.admin().resource(readEverywhere()).serverSideApply();
        }
        var writes = new KubernetesWrites(server.kubesent());
        var ports = new Ports(
                        new OfOneNamespace(new KubernetesReads(server.kubesent()), namespace, scenario.log()),
                        writes.dryRun(),
                        writes,
                        writes,
                        kubelet(namespace))
                .with(ToldRegistry.of(scenario));
        return new Loaded(
                ToldVersion.of(ports, scenario),
                EventPod.request(scenario, translatedEvent(scenario.event(), uids)),
                new KubernetesReads(server.admin()),
                new ApiServerStage(namespace, uids));
    }

    /**
     * The API server gives each its own time, in whole seconds: a ReplicaSet that was made before another of its Deployment comes before it here as well, or
     * a second that is over in between makes it one that no controller can have made (KeptRevision).
     */
    private static List<String> asTheyWereMade(List<String> objects) {
        var ordered = new ArrayList<String>();
        for (var text : objects) {
            int place = 0;
            while (place < ordered.size() && !isMadeBefore(text, ordered.get(place))) {
                place++;
            }
            ordered.add(place, text);
        }
        return ordered;
    }

    private static boolean isMadeBefore(String text, String other) {
        if (!text.contains("ReplicaSet") || !other.contains("ReplicaSet")) {
            return false;
        }
        var one = KubernetesJson.tree(KubernetesJson.parse(text, GenericKubernetesResource.class));
        var two = KubernetesJson.tree(KubernetesJson.parse(other, GenericKubernetesResource.class));
        var owner = "/metadata/ownerReferences/0/uid";
        var made = "/metadata/creationTimestamp";
        return one.path("kind").asText().equals("ReplicaSet")
                && two.path("kind").asText().equals("ReplicaSet")
                && one.at(owner).equals(two.at(owner))
                && one.at(made).asText().compareTo(two.at(made).asText()) < 0;
    }

    /** The same cluster through another client, and without what plays a log. */
    public static Ports through(KubernetesClient client, Scenario scenario, Loaded loaded) {
        var writes = new KubernetesWrites(client);
        return ToldVersion.of(
                new Ports(
                        new OfOneNamespace(new KubernetesReads(client), scenario.namespace(), Optional.empty()),
                        writes.dryRun(),
                        writes,
                        writes,
                        loaded.ports().pause()),
                scenario);
    }

    /** As in production: logs are asked for, and other namespaces' incidents count. */
    public static Ports inProduction(KubernetesClient client, Loaded loaded) {
        var writes = new KubernetesWrites(client);
        return new Ports(
                new KubernetesReads(client),
                writes.dryRun(),
                writes,
                writes,
                loaded.ports().pause());
    }

    private final class ApiServerStage implements Stage {

        private final String namespace;
        private final Map<String, String> uids;

        ApiServerStage(String namespace, Map<String, String> uids) {
            this.namespace = namespace;
            this.uids = uids;
        }

        @Override
        public void put(String object) {
            var text = translated(object, uids);
            var tree = (ObjectNode) KubernetesJson.tree(KubernetesJson.parse(text, GenericKubernetesResource.class));
            var live = server.admin()
                    .resource((HasMetadata) KubernetesJson.as(tree, GenericKubernetesResource.class))
                    .get();
            if (live == null) {
                create(text, uids);
                return;
            }
            for (var part : List.of("spec", "data")) {
                if (tree.has(part)) {
                    var patch = JsonNodeFactory.instance.objectNode().set(part, tree.path(part));
                    live = server.admin().resource(live).patch(BY_KUBECTL, patch.toString());
                }
            }
            if (tree.at("/metadata/annotations").isObject()) {
                var patch = JsonNodeFactory.instance.objectNode();
                patch.withObject("/metadata").set("annotations", tree.at("/metadata/annotations"));
                live = server.admin().resource(live).patch(BY_KUBECTL, patch.toString());
            }
            if (tree.has("status")) {
                setStatus(live, tree.path("status"));
            }
        }

        @Override
        public void remove(String name) {
            var kind = WorkloadKind.ofName(name.substring(0, name.indexOf('/'))).orElseThrow();
            server.admin()
                    .genericKubernetesResources(kind.apiVersion(), kind.kind())
                    .inNamespace(namespace)
                    .withName(name.substring(name.indexOf('/') + 1))
                    .withGracePeriod(0)
                    .delete();
        }

        @Override
        public void leave() {
            server.admin().resource(readEverywhere()).delete();
            for (var name : List.of("kubesent", "kubesent-signatures", "kubesent-storm")) {
                server.admin()
                        .configMaps()
                        .inNamespace("kubesent")
                        .withName(name)
                        .delete();
            }
        }

        @Override
        public void approve() {
            say("{\"spec\":{\"approved\":true}}");
        }

        @Override
        public void reject(String because) {
            say("{\"spec\":{\"rejected\":\"%s\"}}".formatted(because));
        }

        private void say(String word) {
            var incidents = server.admin().resources(Incident.class).inNamespace(namespace);
            TestCluster.open(incidents.list().getItems())
                    .forEach(incident -> incidents.resource(incident).patch(BY_KUBECTL, word));
        }

        @Override
        public void approve(String person, String word) {
            try (var client = server.person(person, namespace, "kubesent-approver")) {
                var incidents = client.resources(Incident.class).inNamespace(namespace);
                for (var incident : TestCluster.open(incidents.list().getItems())) {
                    var patch =
                            JsonNodeFactory.instance.objectNode().set("spec", TestCluster.yes(incident, person, word));
                    incidents.resource(incident).patch(BY_KUBECTL, patch.toString());
                }
            }
        }
    }

    private void create(String text, Map<String, String> uids) {
        var tree = (ObjectNode) KubernetesJson.tree(KubernetesJson.parse(text, GenericKubernetesResource.class));
        var uid = tree.at("/metadata/uid").asText();
        tree.withObject("/metadata").remove(List.of("uid", "resourceVersion", "creationTimestamp", "generation"));
        var status = tree.remove("status");
        var created = existing(tree).orElseGet(() -> made(tree));
        uids.put(uid, created.getMetadata().getUid());
        if (status != null) {
            setStatus(created, status);
        }
    }

    /** Workloads by the field manager that the scenario names. */
    private HasMetadata made(ObjectNode tree) {
        var type = new ObjectRef(
                tree.path("apiVersion").asText(), tree.path("kind").asText(), "", "", "");
        var isWorkload = WorkloadKind.of(type).isPresent();
        if (isWorkload) {
            tree.withObject("/metadata").remove("managedFields");
        }
        var resource = writerOf(tree.path("kind").asText())
                .resource((HasMetadata) KubernetesJson.as(tree, GenericKubernetesResource.class));
        return isWorkload ? resource.fieldManager(FieldManagers.of(tree)).serverSideApply() : resource.create();
    }

    /** Nodes, the cluster's own namespaces and the policies are there for several scenarios. */
    private Optional<HasMetadata> existing(JsonNode tree) {
        var name = tree.at("/metadata/name").asText();
        return switch (tree.path("kind").asText()) {
            case "Node" ->
                Optional.ofNullable(server.admin().nodes().withName(name).get());
            case "Namespace" ->
                Optional.ofNullable(server.admin().namespaces().withName(name).get())
                        .map(namespace -> labelled(namespace, tree.at("/metadata/labels")));
            case "ValidatingAdmissionPolicyBinding" ->
                Optional.ofNullable(server.admin()
                        .admissionRegistration()
                        .v1()
                        .validatingAdmissionPolicyBindings()
                        .withName(name)
                        .get());
            default -> Optional.empty();
        };
    }

    private HasMetadata labelled(Namespace namespace, JsonNode labels) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").set("labels", labels);
        return labels.isEmpty() ? namespace : server.admin().resource(namespace).patch(BY_KUBECTL, patch.toString());
    }

    private void setStatus(HasMetadata created, JsonNode status) {
        var tree = (ObjectNode) KubernetesJson.tree(created);
        tree.set("status", status);
        // What an incident is found by is written with it, and no scenario has to say it.
        HasMetadata next = created.getKind().equals("Incident")
                ? KubernetesJson.as(tree, Incident.class)
                : KubernetesJson.as(tree, GenericKubernetesResource.class);
        writerOf(created.getKind()).resource(next).updateStatus();
    }

    /** Nobody but KubeSent writes incidents, not even whoever may do everything. */
    private KubernetesClient writerOf(String kind) {
        return kind.equals("Incident") ? server.boundByPolicyOnly() : server.admin();
    }

    /** As knative/overlays/read-everywhere has it, for as long as the scenario runs. */
    private static ClusterRoleBinding readEverywhere() {
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("kubesent-reads-everywhere")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "kubesent-reading")
                .addNewSubject("", "ServiceAccount", "kubesent", "kubesent")
                .build();
    }

    /** What README tells a user to run in a namespace that opts in, and in one that allows "restart" and has runs made up for. */
    private void allow(String namespace) {
        for (var role : List.of("kubesent-healer", "kubesent-healer-evict", "kubesent-healer-run")) {
            var binding = new RoleBindingBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(role)
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                    .addNewSubject("", "ServiceAccount", "kubesent", "kubesent")
                    .build();
            server.admin().resource(binding).create();
        }
    }

    /** While KubeSent waits, the pods that are being deleted go, and suspended Jobs are told to be. */
    private Pause kubelet(String namespace) {
        return _ -> {
            pods(namespace);
            server.admin()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(job -> JobController.suspended(job).ifPresent(told -> {
                        server.admin().resource(told).updateStatus();
                        server.admin().pods().inNamespace(namespace).list().getItems().stream()
                                .filter(pod -> JobController.deletes(job, pod))
                                .forEach(pod -> server.admin()
                                        .resource(pod)
                                        .withGracePeriod(0)
                                        .delete());
                    }));
        };
    }

    private void pods(String namespace) {
        server.admin().pods().inNamespace(namespace).list().getItems().stream()
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

    /** There is no kubelet to ask for a log, and what other scenarios left behind is another cluster's. */
    private record OfOneNamespace(ClusterReader real, String namespace, Optional<String> log) implements ClusterReader {

        /** As in production: several at a time. */
        @Override
        public <T> Supplier<T> begin(Supplier<T> read) {
            return real.begin(read);
        }

        @Override
        public KubernetesVersion version() {
            return real.version();
        }

        @Override
        public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
            return real.get(type, namespace, name);
        }

        @Override
        public Optional<GenericKubernetesResource> get(ObjectRef ref) {
            return real.get(ref);
        }

        @Override
        public <T extends HasMetadata> Page<T> page(
                Class<T> type, String asked, FieldSelector fields, int most, String next) {
            return real.page(type, asked.isEmpty() ? namespace : asked, fields, most, next);
        }

        @Override
        public <T extends HasMetadata> Extent each(
                Class<T> type, Selection which, Bound most, Consumer<? super T> visitor) {
            if (type == Namespace.class) {
                return real.each(type, which, most, ns -> {
                    if (ns.getMetadata().getName().equals(namespace)) {
                        visitor.accept(ns);
                    }
                });
            }
            if (type == Pod.class && which.namespace().isEmpty()) {
                // A scenario's other namespaces begin with the name of its own.
                return real.each(type, which, most, pod -> {
                    if (pod.getMetadata().getNamespace().startsWith(namespace)) {
                        visitor.accept(pod);
                    }
                });
            }
            var asked = which.namespace().isEmpty() ? namespace : which.namespace();
            return real.each(type, new Selection(asked, which.labels(), which.fields()), most, visitor);
        }

        @Override
        public List<GenericKubernetesResource> list(String apiVersion, String kind, String asked) {
            return real.list(apiVersion, kind, asked);
        }

        @Override
        public <T extends HasMetadata> long count(Class<T> type, String asked) {
            return real.count(type, asked);
        }

        @Override
        public PodPage podPage(String asked, String next, Predicate<byte[]> wanted) {
            // A scenario's other namespaces begin with the name of its own.
            Predicate<byte[]> own =
                    pod -> new String(pod, StandardCharsets.UTF_8).contains("\"namespace\":\"" + namespace);
            return real.podPage(asked, next, asked.isEmpty() ? own.and(wanted) : wanted);
        }

        @Override
        public Extent podMetrics(Selection which, Bound most, Consumer<? super PodMetrics> visitor) {
            return real.podMetrics(which, most, visitor);
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
