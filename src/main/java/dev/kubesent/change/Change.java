package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An exact change, down to the bytes that would be sent. It is what the gate judges, what the dry run tries, what is
 * written down before the act, and what is then done: the same object all along.
 *
 * <p>What anybody has to know of a kind of change it says itself. {@code ChangesTest} holds that nobody asks for the kind instead. Each is
 * stored under the name of its class, which therefore stays.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "remedy")
public sealed interface Change extends Sent, Told permits MemoryChange, TemplateChange, PodEviction, TrafficPin {

    /** What {@code KubernetesJson.json} wrote. @throws IllegalArgumentException where it is not a change */
    static Change parse(String json) {
        try {
            return KubernetesJson.parseJson(json.getBytes(StandardCharsets.UTF_8), Change.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What an approval is for: this very change, however it is told. SHA-256, as 64 hexadecimal digits. */
    default String fingerprint() {
        return ChangeFingerprint.of(this);
    }

    /** The same as YAML that holds nothing but the changed fields, ready to be merged into what is in Git; or how a person would do it. */
    default String patchYaml() {
        return KubernetesJson.yaml(fragment());
    }

    /** The record of it once it was made, as JSON. */
    default String kept() {
        return Kept.json(this);
    }

    /** What {@link #kept} wrote, here or in version 0.1. @throws IllegalArgumentException where it is no such record */
    static Change kept(String json) {
        return Kept.parse(json);
    }

    /** The fields of it that {@link #kept} holds: what is needed to watch it and to take it back, and nothing of the object's own. */
    Set<String> keeps();

    Deed deed();

    /** Under which a namespace or workload lets it be made. */
    @JsonIgnore
    Permission permission();

    /** Whose failure is to be cured by it. */
    String container();

    Touches touches();

    /** The revision that it is to replace; empty where it replaces none. */
    default Optional<RevisionRef> cameFrom() {
        return Optional.empty();
    }

    /** What it does to the memory; empty where it is about something else. */
    default Optional<MemoryRaise> memory() {
        return Optional.empty();
    }

    /** Whether no record of it, forged or not, can do more than the gate lets anybody do: an amount is bounded, a template is not. */
    default boolean boundsItself() {
        return false;
    }

    /** Whether it sets fields that somebody may own, or set back. */
    default boolean setsFields() {
        return true;
    }

    /**
     * Whether its kind may set this field.
     *
     * @param path as a JSON Pointer
     * @param fields of a pod that may be changed where it is about an amount, as {@code spec.containers[*].resources}
     */
    boolean maySet(String path, Set<String> fields);

    /** The pod, or pod template, that it sets as a whole; empty where it sets single fields. */
    default Optional<JsonNode> wholePod() {
        return Optional.empty();
    }

    Grace grace();

    NodeNeed nodeNeed();

    /** Other objects that it is about: pods that it deletes, the workload of a pod. */
    default List<ObjectRef> others() {
        return List.of();
    }

    /** What the pod template is like afterwards, as a fingerprint; empty where that does not matter, or none is changed. */
    default String template() {
        return "";
    }

    /** What shows that this is no change that the gate has approved, whatever a record says; empty where nothing does. */
    default Optional<String> whyNotOurs() {
        return Optional.empty();
    }
}
