package dev.kubesent.diagnosis.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.revision.Revision;
import dev.kubesent.failure.Termination;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a pod template names and does not bring along: Secrets, ConfigMaps, claims, paths of the node. */
final class References {

    /** By the field that holds them, and the field of the name in it (core/v1). */
    private static final List<List<String>> NAMES = List.of(
            List.of("secretKeyRef", "name"),
            List.of("configMapKeyRef", "name"),
            List.of("secretRef", "name"),
            List.of("configMapRef", "name"),
            List.of("secret", "secretName"),
            List.of("secret", "name"),
            List.of("configMap", "name"),
            List.of("persistentVolumeClaim", "claimName"),
            List.of("hostPath", "path"));

    /** Of a key in them, too. */
    private static final List<String> KEYS = List.of("secretKeyRef", "configMapKeyRef");

    /** A Secret or ConfigMap that is missing, as the kubelet names it. */
    private static final Pattern MISSING =
            Pattern.compile("(?i)(?<!in )(?:secret|configmap|persistentvolumeclaim)s? \"?(?:[\\w.-]+/)?([\\w.-]+)\"?");

    /** The same of a key in one. */
    private static final Pattern MISSING_KEY =
            Pattern.compile("find key (\\S+) in (?:Secret|ConfigMap) (?:[\\w.-]+/)?([\\w.-]+)");

    private References() {}

    static Set<String> of(JsonNode template) {
        var names = new HashSet<String>();
        for (var name : NAMES) {
            template.findValues(name.getFirst()).stream()
                    .map(reference -> reference.path(name.getLast()).asText())
                    .filter(text -> !text.isEmpty())
                    .forEach(names::add);
        }
        for (var key : KEYS) {
            template.findValues(key).stream()
                    .map(reference -> reference.path("name").asText() + "/"
                            + reference.path("key").asText())
                    .forEach(names::add);
        }
        return names;
    }

    /**
     * What is missing for both comes back by itself, or by hand; to go back would not help. Asked of the words as they came: in a quote the
     * name of a Secret is masked.
     */
    static boolean bothWantIt(Revision good, Revision own, Evidence evidence) {
        var before = of(good.template());
        var now = of(own.template());
        var said = Stream.concat(
                evidence.failure().lastRun().map(Termination::message).stream(),
                evidence.events().present().orElse(List.of()).stream().map(ObservedEvent::message));
        var missing = said.flatMap(text -> Stream.concat(
                        MISSING.matcher(text).results().map(found -> found.group(1)),
                        MISSING_KEY.matcher(text).results().map(found -> found.group(2) + "/" + found.group(1))))
                .toList();
        return before.containsAll(now) || missing.stream().anyMatch(before::contains);
    }
}
