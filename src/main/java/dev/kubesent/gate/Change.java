package dev.kubesent.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.failure.FailureKind;
import dev.kubesent.redaction.Legible;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An exact change, down to the bytes that would be sent. It is what the gate judges, what the dry run tries, what is
 * written down before the act, and what is then done: the same object all along.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "remedy")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.TemplatePatch.class, name = "TemplatePatch"),
    @JsonSubTypes.Type(value = Change.PodResize.class, name = "PodResize"),
    @JsonSubTypes.Type(value = Change.PodReplacement.class, name = "PodReplacement"),
    @JsonSubTypes.Type(value = Change.TemplateRollback.class, name = "TemplateRollback"),
    @JsonSubTypes.Type(value = TemplateEdit.class, name = "TemplateEdit"),
    @JsonSubTypes.Type(value = PodEviction.class, name = "PodEviction"),
    @JsonSubTypes.Type(value = TrafficPin.class, name = "TrafficPin"),
    @JsonSubTypes.Type(value = JobPatch.class, name = "JobPatch")
})
public sealed interface Change
        permits Change.MemoryChange, Change.TemplateRollback, TemplateEdit, PodEviction, TrafficPin {

    /** What is changed: the workload, or the pod. */
    ObjectRef target();

    /** As a JSON Patch of the target; its {@code test} operations pin what was looked at. */
    List<PatchOperation> operations();

    /** The name a person knows it by. */
    @JsonIgnore
    default String remedy() {
        return getClass().getSimpleName();
    }

    /** Under which a namespace or workload lets it be made. */
    @JsonIgnore
    Permission permission();

    /** As in "about to". */
    @JsonIgnore
    String purpose();

    /** For a person: what changes from what to what. */
    @JsonIgnore
    List<String> diff();

    /** What an approval is for: this very change, however it is told. SHA-256, as 64 hexadecimal digits. */
    @JsonIgnore
    default String fingerprint() {
        return ChangeFingerprint.of(this);
    }

    /** {@link #diff} as one text: what a person reads. */
    @JsonIgnore
    default String display() {
        return String.join("\n", Legible.lines(diff()));
    }

    /** The same as YAML that holds nothing but the changed fields, ready to be merged into what is in Git; or how a person would do it. */
    @JsonIgnore
    default String patchYaml() {
        return KubernetesJson.yaml(fragment());
    }

    /** The changed fields inside an otherwise empty object, as server-side apply takes them. */
    @JsonIgnore
    default ObjectNode fragment() {
        return Fragment.of(this);
    }

    /** Whether a field that is not in the old state is taken out, and not given another value. */
    @JsonIgnore
    default boolean takesOut() {
        return operations().stream().anyMatch(PatchOperation.Remove.class::isInstance);
    }

    /** What {@code KubernetesJson.json} wrote. @throws IllegalArgumentException where it is not a change */
    static Change parse(String json) {
        try {
            return KubernetesJson.parseJson(json.getBytes(StandardCharsets.UTF_8), Change.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What it does to the memory; empty where it is about something else. */
    @JsonIgnore
    default Optional<MemoryRaise> memory() {
        return switch (this) {
            case MemoryChange change -> Optional.of(change.raise());
            case TemplateRollback _, TemplateEdit _, PodEviction _, TrafficPin _ -> Optional.empty();
        };
    }

    /** What goes with it, for a person. */
    private static Stream<String> besides(MemoryChange change) {
        return switch (change) {
            case TemplatePatch patch ->
                Stream.of(patch.run()).filter(name -> !name.isEmpty()).map(name -> "+ Job/" + name);
            case JobPatch _ -> Stream.of("  suspend: true for as long as that takes, then false");
            case PodResize _, PodReplacement _ -> Stream.empty();
        };
    }

    /** Gives a container more memory. */
    sealed interface MemoryChange extends Change permits TemplatePatch, PodResize, PodReplacement, JobPatch {

        MemoryRaise raise();

        /** Of a Knative Service that names its Revisions itself; empty for all others. */
        @JsonIgnore
        default Optional<String> revisionName() {
            return operations().stream()
                    .flatMap(operation -> operation instanceof PatchOperation.Put(var path, var value)
                                    && NextRevisionName.isNameOf(target(), path)
                            ? Stream.of(value.asText())
                            : Stream.empty())
                    .findFirst();
        }

        @Override
        @JsonIgnore
        default Permission permission() {
            return Permission.MEMORY;
        }

        @Override
        @JsonIgnore
        default String purpose() {
            return "raise the memory limit of container %s from %s to %s by %s of %s"
                    .formatted(raise().container(), raise().from(), raise().to(), remedy(), target().display());
        }

        @Override
        @JsonIgnore
        default List<String> diff() {
            var field = "containers[" + raise().container() + "].resources.limits.memory: ";
            return Stream.concat(
                            Stream.of(
                                    target().display() + " in " + target().namespace(),
                                    "- " + field + raise().from(),
                                    "+ " + field + raise().to()),
                            Stream.concat(
                                    revisionName().map(name -> "+ template.metadata.name: " + name).stream(),
                                    besides(this)))
                    .toList();
        }
    }

    /**
     * Patches the pod template of the controller.
     *
     * @param stuckPods failing pods that the controller will not replace by itself
     * @param template what the template is like afterwards, as a fingerprint; empty where it does not matter
     * @param run the name of a Job that is made of it afterwards; empty where none is
     */
    record TemplatePatch(
            ObjectRef target,
            MemoryRaise raise,
            List<PatchOperation> operations,
            List<ObjectRef> stuckPods,
            String template,
            String run)
            implements MemoryChange {

        public TemplatePatch {
            run = run == null ? "" : run; // of an older version
        }
    }

    /** Resizes a running bare pod in place. */
    record PodResize(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations) implements MemoryChange {}

    /**
     * Deletes a bare pod that is down, and creates it again.
     *
     * @param manifest the pod to create, complete
     */
    record PodReplacement(ObjectRef target, MemoryRaise raise, List<PatchOperation> operations, Pod manifest)
            implements MemoryChange {
        /** On the new pod: the uid of the one it stands for. It tells our pod from one that somebody else made meanwhile. */
        public static final String REPLACES = "kubesent.dev/replaces";
    }

    /**
     * Patches the controller's pod template back to what it was in an earlier revision. The record of it does not hold the template: whoever
     * may write incidents could put another one there, and a template may hold passwords.
     *
     * @param failure which is to be cured by it, of this container
     * @param changes what that changes, without credentials
     * @param operations empty in a record that was read back: what is left of it is then read from the cluster
     * @param stuckPods failing pods that the controller will not replace by itself
     * @param template what the template is like afterwards, as a fingerprint
     */
    @JsonIgnoreProperties("operations")
    record TemplateRollback(
            ObjectRef target,
            FailureKind failure,
            String container,
            RevisionRef from,
            RevisionRef to,
            List<String> changes,
            List<PatchOperation> operations,
            List<ObjectRef> stuckPods,
            String template)
            implements Change {

        public TemplateRollback {
            changes = List.copyOf(changes);
            operations = operations == null ? List.of() : List.copyOf(operations);
            stuckPods = List.copyOf(stuckPods);
        }

        @Override
        @JsonIgnore
        public Permission permission() {
            return Permission.ROLLBACK;
        }

        @Override
        @JsonIgnore
        public String purpose() {
            return "take %s back from %s to %s".formatted(target.display(), from.display(), to.display());
        }

        @Override
        @JsonIgnore
        public List<String> diff() {
            return Stream.concat(
                            Stream.of(
                                    target.display() + " in " + target.namespace(),
                                    "- " + from.display(),
                                    "+ " + to.display()),
                            changes.stream().map(change -> "  " + change))
                    .toList();
        }

        /** As kubectl does it; the whole template may hold what is not to stand in an incident. */
        @Override
        @JsonIgnore
        public String patchYaml() {
            return "# kubectl -n %s rollout undo %s/%s --to-revision=%d%n"
                    .formatted(target.namespace(), target.kind().toLowerCase(Locale.ROOT), target.name(), to.number());
        }
    }

    /** @param request the new request too, where the pod's QoS class demands that it follows the limit */
    record MemoryRaise(String container, Memory from, Memory to, boolean request) {

        /** Whether the container of this pod has the raised limit. */
        public boolean isIn(Pod pod) {
            return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                    .filter(c -> c.getName().equals(container))
                    .flatMap(c -> Optional.ofNullable(c.getResources()).map(r -> r.getLimits()).stream())
                    .flatMap(limits -> Optional.ofNullable(limits.get("memory")).stream())
                    .anyMatch(limit -> to.equals(Memory.of(limit)));
        }
    }
}
