package dev.kubesent.testing.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Objects as a YAML file tells them: those of its base, and what differs from them. {@code # base: NAME} above the first names a file of
 * {@code scenario-bases}, which may have a base itself; {@code # base: none} is for a file that has all in it.
 *
 * <ul>
 *   <li>A document with an {@code apiVersion} is an object that the base does not have.
 *   <li>One without differs from the base's of that kind and name ({@link Overlay}).
 *   <li>One with {@code $patch: delete} takes the base's away.
 * </ul>
 *
 * Whatever tells no namespace is in that of the scenario, which a base calls {@code $(NAMESPACE)}.
 */
public final class ClusterFile {

    public static final Path BASES = Path.of("src/test/resources/scenario-bases");

    private static final Pattern KIND = Pattern.compile("(?m)^kind:|^\\{.*\\bkind\\b");

    private static final Set<String> IN_NO_NAMESPACE = Set.of("Namespace", "Node", "ValidatingAdmissionPolicyBinding");

    /** What admission would hold against the pods that come after it, and what is about others. */
    private static final Set<String> LAST = Set.of("Event", "Incident", "LimitRange", "ResourceQuota");

    private final String namespace;
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private String eventPod = "";

    public ClusterFile(String namespace) {
        this.namespace = namespace;
    }

    /** @param otherwise the base of a text that names none */
    public ClusterFile withBaseOf(String text, String otherwise) {
        var base = baseOf(text, otherwise);
        return base.equals("none") ? this : withBase(base);
    }

    private ClusterFile withBase(String name) {
        var text = read(BASES.resolve(name + ".yaml")).replace("$(NAMESPACE)", namespace);
        return withBaseOf(text, "none").with(text);
    }

    /** It comes after all that it may be owned by. */
    public ClusterFile withEventPod(ObjectNode pod) {
        eventPod = put(pod);
        return this;
    }

    public ClusterFile with(String text) {
        documents(text).forEach(this::put);
        return this;
    }

    /** As JSON: what is in no namespace first, and last what holds against pods or is about them; else as they are told. */
    public List<String> objects() {
        return objects.entrySet().stream()
                .sorted(Comparator.comparingInt(this::turn))
                .map(object -> object.getValue().toString())
                .toList();
    }

    private int turn(Map.Entry<String, ObjectNode> object) {
        var kind = object.getValue().path("kind").asText();
        return IN_NO_NAMESPACE.contains(kind)
                ? 0
                : LAST.contains(kind) ? 3 : object.getKey().equals(eventPod) ? 2 : 1;
    }

    private String put(ObjectNode object) {
        var key = key(object);
        if (object.has("apiVersion")) {
            add(key, object);
        } else if (!objects.containsKey(key)) {
            throw new IllegalArgumentException(
                    key + " has no apiVersion, so it says what differs from the base's; the base has no such object");
        } else if (Overlay.isDeletion(object)) {
            objects.remove(key);
        } else {
            change(key, object);
        }
        return key;
    }

    /** With the namespace that goes without saying. */
    private String key(ObjectNode object) {
        var kind = object.path("kind").asText();
        var metadata = object.withObject("/metadata");
        if (!IN_NO_NAMESPACE.contains(kind) && !metadata.has("namespace")) {
            metadata.put("namespace", namespace);
        }
        return "%s %s/%s"
                .formatted(
                        kind,
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText());
    }

    private void add(String key, ObjectNode object) {
        if (objects.putIfAbsent(key, object) != null) {
            throw new IllegalArgumentException(key
                    + " has an apiVersion, so it is new; there is one already. Write only what differs, without it");
        }
    }

    private void change(String key, ObjectNode what) {
        var object = objects.get(key);
        var before = object.deepCopy();
        Overlay.apply(object, what);
        if (object.equals(before)) {
            throw new IllegalArgumentException(key + " differs in nothing from the base's: leave it out");
        }
    }

    private static String baseOf(String text, String otherwise) {
        return text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith("# base: "))
                .map(line -> line.substring("# base: ".length()).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String read(Path base) {
        try {
            return Files.readString(base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a file as they stand in it. */
    public static List<ObjectNode> documents(String text) {
        return Arrays.stream(text.split("(?m)^---$"))
                .filter(document -> KIND.matcher(document).find())
                .map(document -> KubernetesJson.parse(document, ObjectNode.class))
                .toList();
    }
}
