package dev.kubesent.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.admission.Policy.Check;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.gate.bounds.StormGauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What KubeSent may write at all: what its roles in knative/base grant, whatever else somebody may bind to its account. */
final class AccountPolicy {

    private static final List<String> ROLES = List.of(
            "knative/base/220-healer.yaml", "knative/base/230-own-namespace.yaml", "knative/overlays/plain/watch.yaml");

    private AccountPolicy() {}

    static Policy policy() {
        return new Policy(
                "kubesent-account",
                "What KubeSent may write at all, whatever is bound to its account: what its own roles name, and no"
                        + " Secret, role or binding.",
                List.of("{apiGroups: [\"*\"], apiVersions: [\"*\"], operations: [\"*\"], resources: [\"*/*\"], scope:"
                        + " \"*\"}"),
                Bounds.BY_KUBESENT,
                List.of(),
                List.of(
                        Check.told(
                                "(request.resource.group + '/' + request.resource.resource + '/' + request.?subResource.orValue('') + ' ' + request.operation) in\n%s"
                                        .formatted(Cel.list(granted()).replace(", ", ",\n")),
                                "KubeSent writes nothing of this kind"),
                        Check.told(
                                "request.resource.resource != 'configmaps' || request.namespace == '%s' && request.?name.orValue('') == '%s'"
                                        .formatted(Bounds.NAMESPACE, StormGauge.RECORD),
                                "of ConfigMaps KubeSent writes only its record of storms"),
                        Check.told(
                                "request.resource.resource != 'leases'"
                                        + " || request.namespace == '%1$s' && request.?name.orValue('') == '%1$s'"
                                                .formatted(Bounds.NAMESPACE),
                                "of Leases KubeSent writes only its own")));
    }

    /** As {@code apps/deployments/ UPDATE}. */
    static Set<String> granted() {
        var granted = new TreeSet<String>();
        for (var file : ROLES) {
            documents(file).flatMap(object -> stream(object.path("rules"))).forEach(rule -> granted.addAll(of(rule)));
        }
        return granted;
    }

    private static List<String> of(JsonNode rule) {
        return stream(rule.path("apiGroups"))
                .flatMap(group -> stream(rule.path("resources"))
                        .flatMap(resource -> stream(rule.path("verbs"))
                                .flatMap(verb -> operation(verb.asText()))
                                .map(operation -> group.asText() + "/" + resource.asText()
                                        + (resource.asText().contains("/") ? " " : "/ ") + operation)))
                .toList();
    }

    private static Stream<String> operation(String verb) {
        return switch (verb) {
            case "create" -> Stream.of("CREATE");
            case "update", "patch" -> Stream.of("UPDATE");
            case "delete" -> Stream.of("DELETE");
            case "get", "list" -> Stream.of();
            default -> throw new IllegalArgumentException("a verb that is not known here: " + verb);
        };
    }

    private static Stream<JsonNode> documents(String file) {
        try {
            return Arrays.stream(Files.readString(Path.of(file)).split("(?m)^---$"))
                    .filter(document -> document.contains("kind:"))
                    .map(document -> KubernetesJson.parse(document, JsonNode.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
