package dev.kubesent.cluster.rights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a pod may do, and reach, as its template says it: each right as one line for a person. Pure. A right that a field takes away
 * ({@code runAsNonRoot}, {@code drop: [ALL]}) is there where the field does not say so.
 *
 * @param ofThePod of the pod as a whole
 * @param ofContainers by name, init containers too
 * @param ofAny of whatever container
 */
public record PodRights(Set<String> ofThePod, Map<String, Set<String>> ofContainers, Set<String> ofAny) {

    /** Kinds of volumes that give no right: what is in them is the pod's own, or its namespace's and no secret. */
    public static final Set<String> HARMLESS_VOLUMES = VolumeRights.HARMLESS;

    /** Fields of a pod that let it see more of its node, or of its other containers. */
    public static final List<String> SHARES = List.of("hostPID", "hostIPC", "hostNetwork", "shareProcessNamespace");

    /** @param template with {@code spec}: of a workload, or a pod itself */
    public static PodRights of(JsonNode template) {
        var spec = template.path("spec");
        var containers = new TreeMap<String, Set<String>>();
        var any = new LinkedHashSet<String>();
        Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(kind -> each(spec.path(kind)))
                .forEach(container -> {
                    var rights = ContainerRights.of(container, template);
                    containers.put(container.path("name").asText(), rights);
                    any.addAll(rights);
                });
        return new PodRights(ofPod(spec), containers, any);
    }

    /**
     * What is had afterwards and not before. A container that was not there before is measured by all that were.
     *
     * @return empty where the template after gives no right that the one before lacks
     */
    public static List<String> gained(JsonNode before, JsonNode after) {
        var had = of(before);
        var has = of(after);
        var gained = new ArrayList<String>();
        has.ofThePod.stream().filter(right -> !had.ofThePod.contains(right)).forEach(gained::add);
        has.ofContainers.forEach((name, rights) -> {
            var known = had.ofContainers.getOrDefault(name, had.ofAny);
            rights.stream()
                    .filter(right -> !known.contains(right) && !(isOfThePod(right) && had.ofAny.contains(right)))
                    .filter(right -> !(ContainerRights.isRoots(right) && known.contains(ContainerRights.ROOT)))
                    .forEach(right -> gained.add("container " + name + ": " + right));
        });
        return List.copyOf(gained);
    }

    /** What one container of a pod reads, or where it comes from, its neighbours may have as well. */
    private static boolean isOfThePod(String right) {
        return right.startsWith("images of ") || right.startsWith("Secret ");
    }

    private static Set<String> ofPod(JsonNode spec) {
        var rights = new LinkedHashSet<String>();
        for (var field : SHARES) {
            if (spec.path(field).asBoolean()) {
                rights.add(field);
            }
        }
        if (spec.path("hostUsers").asBoolean(true)) {
            rights.add("hostUsers");
        }
        var account = spec.path("serviceAccountName")
                .asText(spec.path("serviceAccount").asText());
        rights.add("ServiceAccount " + (account.isEmpty() ? "default" : account));
        if (spec.path("automountServiceAccountToken").asBoolean(true)) {
            rights.add("a token of its ServiceAccount");
        }
        for (var field : List.of("priorityClassName", "nodeName")) {
            if (spec.hasNonNull(field)) {
                rights.add(field + " " + spec.path(field).asText());
            }
        }
        // To say none is to leave a sandbox for the node's own runtime.
        rights.add("runtimeClassName " + spec.path("runtimeClassName").asText("(none)"));
        each(spec.path("imagePullSecrets")).forEach(secret -> rights.add("Secret " + name(secret)));
        each(spec.path("resourceClaims")).forEach(claim -> rights.add("device " + claim));
        securityContext(spec.path("securityContext"), rights);
        each(spec.path("volumes")).forEach(volume -> rights.addAll(VolumeRights.of(volume)));
        return rights;
    }

    private static void securityContext(JsonNode context, Set<String> rights) {
        each(context.path("sysctls"))
                .forEach(sysctl -> rights.add(
                        "sysctl " + name(sysctl) + "=" + sysctl.path("value").asText()));
        each(context.path("supplementalGroups")).forEach(group -> rights.add("group " + group.asText()));
        if (context.has("fsGroup")) {
            rights.add("group " + context.path("fsGroup").asText());
        }
    }

    static String name(JsonNode reference) {
        return reference.path("name").asText();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
