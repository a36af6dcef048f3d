package dev.kubesent.scan.described;

import dev.kubesent.scan.described.ContainerReader.Block;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pod from its sections. */
final class PodReader {

    /** What stands for a name that the text does not have. */
    static final String UNNAMED = "unnamed";

    private final Sections sections;
    private final EventTable table;
    private final FromEvents events;
    private final Times times;
    private final StatusReader status;
    private final List<String> unread = new ArrayList<>();

    PodReader(Sections sections, Instant now) {
        this.sections = sections;
        this.table = EventTable.of(sections);
        this.events = new FromEvents(table);
        this.times = Times.of(sections, table, now);
        this.status = new StatusReader(sections, events, times);
    }

    DescribedPod read() {
        var blocks = ContainerReader.blocks(sections.below(Sections.CONTAINERS));
        var inits = ContainerReader.blocks(sections.below(Sections.INIT_CONTAINERS));
        if (blocks.isEmpty()) {
            blocks = List.of(new Block("", Map.of(), Map.of()));
            unread.add("the containers are not in the text");
        }
        var statuses = statuses(blocks);
        var phase = status.phase(statuses);
        var pod = new PodBuilder()
                .withMetadata(meta().build())
                .withSpec(new PodSpecBuilder()
                        .withNodeName(node())
                        .withRestartPolicy(restartPolicy(phase))
                        .withServiceAccountName(sections.value("Service Account", "default"))
                        .withInitContainers(containers(inits))
                        .withContainers(containers(blocks))
                        .withVolumes(VolumeReader.read(sections.below("Volumes")))
                        .withNodeSelector(pairs("Node-Selectors", "="))
                        .build())
                .withStatus(new PodStatusBuilder()
                        .withPhase(phase)
                        .withReason(sections.has("Reason") ? sections.value("Reason", "") : null)
                        .withMessage(message())
                        .withStartTime(
                                times.moved(sections.value("Start Time", "")).orElse(null))
                        .withConditions(status.conditions(phase, statuses))
                        .withInitContainerStatuses(statuses(inits))
                        .withContainerStatuses(statuses)
                        .build())
                .build();
        tellWhatIsMissing();
        return new DescribedPod(
                pod, owner(pod), table.rows().stream().map(PodReader::event).toList(), unread, undecidable(blocks));
    }

    /** What kubectl does not print, and a pod that failed by itself proves: one that is restarted never fails (kubelet, getPhase). */
    private @Nullable String restartPolicy(String phase) {
        return phase.equals("Failed") && !sections.has("Reason") ? "Never" : null;
    }

    /** Whether a limit or the node was too small, only the limits tell; kubectl prints the variables and mounts of every container behind them. */
    private String undecidable(List<Block> blocks) {
        return blocks.stream()
                .filter(block -> block.lines("Limits").isEmpty()
                        && block.lines("Requests").isEmpty()
                        && block.fields().keySet().stream().noneMatch(List.of("Environment", "Mounts")::contains))
                .filter(block -> Stream.of("State", "Last State")
                        .flatMap(key -> block.lines(key).stream())
                        .anyMatch(line -> FieldLine.value(line).startsWith("OOMKilled")))
                .map(block ->
                        "Container %s was OOM-killed, and its limits are not in the text: give the whole output of kubectl describe pod."
                                .formatted(name(block)))
                .findFirst()
                .orElse("");
    }

    private void tellWhatIsMissing() {
        if (!sections.has(Sections.EVENTS) && table.rows().isEmpty()) {
            unread.add("the events are not in the text");
        } else if (table.rows().isEmpty()) {
            unread.add("no event is in the text: Kubernetes keeps them for an hour");
        }
        if (!sections.has("Name")) {
            unread.add("the head is not in the text: name, labels, node and phase are taken from the rest");
        }
        unread.add("kubectl describe does not print restartPolicy, securityContext, nor since when a condition holds");
    }

    private ObjectMetaBuilder meta() {
        var named = events.pod().orElse("/" + UNNAMED).split("/", 2);
        var meta = new ObjectMetaBuilder()
                .withName(sections.value("Name", named[1]))
                .withNamespace(sections.value("Namespace", named[0].isEmpty() ? "default" : named[0]))
                .withLabels(pairs("Labels", "="))
                .withAnnotations(pairs("Annotations", ":"))
                .withCreationTimestamp(
                        times.moved(sections.value("Start Time", "")).orElse(times.longAgo()));
        return sections.value("Status", "").startsWith("Terminating")
                ? meta.withDeletionTimestamp(times.now().toString())
                : meta;
    }

    private Map<String, String> pairs(String key, String separator) {
        var pairs = new LinkedHashMap<String, String>();
        for (var line : sections.all(key)) {
            int at = line.indexOf(separator);
            if (at > 0) {
                pairs.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
        }
        return pairs;
    }

    private @Nullable String node() {
        var node = sections.value("Node", "");
        int slash = node.indexOf('/');
        var name = slash < 0 ? node : node.substring(0, slash);
        return name.isEmpty() ? null : name;
    }

    private @Nullable String message() {
        return sections.has("Message") ? String.join("\n", sections.all("Message")) : null;
    }

    /** Of a ReplicaSet its Deployment, by the hash that the Deployment puts behind its own name. */
    private String owner(Pod pod) {
        var owner = sections.value("Controlled By", "");
        var hash = pod.getMetadata().getLabels().getOrDefault("pod-template-hash", "");
        return owner.startsWith("ReplicaSet/") && !hash.isEmpty() && owner.endsWith("-" + hash)
                ? "Deployment/" + owner.substring("ReplicaSet/".length(), owner.length() - hash.length() - 1)
                : owner;
    }

    private List<Container> containers(List<Block> blocks) {
        return blocks.stream()
                .map(block -> SpecReader.container(block, name(block), image(block)))
                .toList();
    }

    private List<ContainerStatus> statuses(List<Block> blocks) {
        return blocks.stream()
                .flatMap(block -> status.container(block, name(block), image(block)).stream())
                .toList();
    }

    private String name(Block block) {
        return block.name().isEmpty() ? events.container().orElse(UNNAMED) : block.name();
    }

    private String image(Block block) {
        var image = StateReader.first(block.field("Image"));
        return image.isEmpty() && block.name().isEmpty() ? events.image().orElse("") : image;
    }

    private static Event event(EventRow row) {
        return new EventBuilder()
                .withType(row.type())
                .withReason(row.reason())
                .withMessage(row.message())
                .withCount(row.count())
                .build();
    }
}
