package dev.kubesent.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.scan.described.Described;
import dev.kubesent.scan.described.DescribedPod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that a person has of pods, told apart by what is in them: pods as objects or described, their events, and what one of them printed. */
final class Given {

    /** Pods of all files. More is a whole cluster: {@code scan} looks at that. */
    private static final int PODS = 100;

    /** Taken without an apiVersion, too: people cut them. */
    private static final Set<String> KINDS = Set.of("Pod", "Event", "List", "PodList", "EventList");

    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---\\s*$");

    /**
     * A pod with what is known of it.
     *
     * @param name as {@code namespace/name}
     * @param question as {@code POST /diagnose} takes it
     * @param unread what the files leave out, each in a few words
     * @param undecidable why nobody is asked; empty where the doctor is
     */
    record Asked(String name, String question, List<String> unread, String undecidable) {}

    private final Instant now;
    private final Map<String, ObjectNode> questions = new LinkedHashMap<>();
    private final Map<String, List<String>> unread = new LinkedHashMap<>();
    private final Map<String, String> undecidable = new LinkedHashMap<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private int others;

    private Given(Instant now) {
        this.now = now;
    }

    /**
     * @param texts of the files
     * @return the pods in the order of the files
     * @throws IllegalArgumentException in a sentence, where there is no pod among them
     */
    static List<Asked> pods(List<String> texts, Instant now) {
        var given = new Given(now);
        texts.forEach(given::add);
        if (given.questions.isEmpty()) {
            throw new IllegalArgumentException(
                    "no pod is among the files. Give one with: kubectl get pod NAME -o yaml > pod.yaml, or kubectl"
                            + " describe pod NAME > pod.txt");
        }
        return given.asked();
    }

    private List<Asked> asked() {
        var all = new ArrayList<Asked>();
        questions.forEach((name, question) -> {
            var missing = new ArrayList<>(unread.getOrDefault(name, List.of()));
            events.stream().filter(event -> isAbout(event, question)).forEach(question.withArray("/events")::add);
            if (questions.size() == 1) {
                printed.forEach(question.withArray("/logs")::add);
            } else if (!printed.isEmpty()) {
                missing.add("a log does not say of which pod it is: explain that pod alone with it");
            }
            if (others > 0) {
                missing.add("%d pods more than %d are in the files, and are left out".formatted(others, PODS));
            }
            all.add(new Asked(name, question.toString(), List.copyOf(missing), undecidable.getOrDefault(name, "")));
        });
        return all;
    }

    /** An event that names nobody may be about any of them. */
    private static boolean isAbout(JsonNode event, ObjectNode question) {
        var about = event.path("involvedObject").path("name").asText();
        return about.isEmpty() || about.equals(question.at("/pod/metadata/name").asText());
    }

    private void add(String text) {
        if (!isObject(text)) {
            addPlain(text);
            return;
        }
        for (var document : text.stripLeading().startsWith("{") ? new String[] {text} : DOCUMENTS.split(text)) {
            addDocument(document);
        }
    }

    private void addDocument(String document) {
        if (document.isBlank()) {
            return;
        }
        JsonNode object;
        try {
            object = KubernetesJson.parse(document, JsonNode.class);
        } catch (RuntimeException e) {
            // Programs log JSON, too; YAML with a kind at its margin is nobody's log.
            if (!document.stripLeading().startsWith("{")) {
                throw new IllegalArgumentException("a file looks like YAML and cannot be read: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
            addPlain(document);
            return;
        }
        addObject(object == null ? JsonNodeFactory.instance.objectNode() : object, document);
    }

    private void addObject(JsonNode object, String text) {
        if (object.path("apiVersion").asText().isEmpty()
                && !KINDS.contains(object.path("kind").asText())) {
            addPlain(text); // programs log such lines, too
            return;
        }
        switch (object.path("kind").asText()) {
            case "Pod" -> addPod(object, List.of());
            case "Event" -> events.add(object);
            case "List", "PodList", "EventList" ->
                object.path("items").forEach(item -> addObject(item, item.toString()));
            default ->
                throw new IllegalArgumentException(
                        "a %s is among the files; pods, their events and what one of them printed are read"
                                .formatted(object.path("kind").asText()));
        }
    }

    private void addPlain(String text) {
        if (Described.isIn(text)) {
            Described.pods(text, now).forEach(this::addDescribed);
        } else {
            text.lines().forEach(printed::add);
        }
    }

    private void addDescribed(DescribedPod described) {
        var pod = KubernetesJson.tree(described.pod());
        var isThere = questions.containsKey(name(pod));
        var question = isThere ? questions.get(name(pod)) : addPod(pod, described.unread());
        if (question == null) {
            return;
        }
        if (!isThere) {
            undecidable.put(name(pod), described.undecidable());
        }
        if (!described.owner().isEmpty() && !question.has("owner")) {
            question.put("owner", described.owner());
        }
        described.events().forEach(event -> question.withArray("/events").add(KubernetesJson.tree(event)));
    }

    /** The object says more than its description, whichever comes first. */
    private @Nullable ObjectNode addPod(JsonNode pod, List<String> missing) {
        var name = name(pod);
        if (!questions.containsKey(name) && questions.size() == PODS) {
            others++;
            return null;
        }
        var question = questions.computeIfAbsent(name, _ -> JsonNodeFactory.instance.objectNode());
        question.set("pod", pod);
        unread.put(name, missing);
        undecidable.remove(name);
        return question;
    }

    private static String name(JsonNode pod) {
        var meta = pod.path("metadata");
        return meta.path("namespace").asText("default") + "/"
                + meta.path("name").asText();
    }

    private static boolean isObject(String text) {
        return text.stripLeading().startsWith("{") || text.contains("\nkind:") || text.startsWith("kind:");
    }
}
