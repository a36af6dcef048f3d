package dev.kubesent.scan.described;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sections of one description, each from its key at the margin to the next: {@code Containers}, {@code Events}. A part of a container that was pasted
 * without the words {@code Containers:} above it is a section of that name.
 *
 * @param values what stands behind the key
 * @param lines what stands below it
 */
record Sections(Map<String, String> values, Map<String, List<String>> lines) {

    static final String CONTAINERS = "Containers";
    static final String INIT_CONTAINERS = "Init Containers";
    static final String EVENTS = "Events";

    /** kubectl's describePod, 1.10 to 1.35. */
    private static final Set<String> KEYS = Set.of(
            "Name",
            "Namespace",
            "Priority",
            "Priority Class Name",
            "PriorityClassName",
            "Runtime Class Name",
            "Service Account",
            "Node",
            "Start Time",
            "Labels",
            "Annotations",
            "Status",
            "Termination Grace Period",
            "Reason",
            "Message",
            "SeccompProfile",
            "IP",
            "IPs",
            "Controlled By",
            "Controllers",
            "Nominated Node Name",
            INIT_CONTAINERS,
            CONTAINERS,
            "Ephemeral Containers",
            "Readiness Gates",
            "Conditions",
            "Volumes",
            "QoS Class",
            "Node-Selectors",
            "Tolerations",
            "Topology Spread Constraints",
            "ResourceClaims",
            EVENTS);

    /** By which a container is known whose section lost its name. */
    private static final Set<String> OF_A_CONTAINER =
            Set.of("Container ID", "Image", "Command", "State", "Last State", "Environment");

    /** How deep a row of the events stands at most: what a container was given stands deeper. */
    private static final int ROW = 4;

    static Sections of(List<String> described) {
        var lines = Flattened.isIn(described) ? Flattened.indented(described) : described;
        var all = new Sections(new LinkedHashMap<>(), new LinkedHashMap<>());
        var current = "";
        for (int at = 0; at < lines.size(); at++) {
            var line = lines.get(at);
            var key = FieldLine.key(line);
            if (Cut.indent(line) <= ROW && EventRow.read(line).isPresent()) {
                current = EVENTS; // the word above the table may not have been pasted
                all.begin(EVENTS, "");
            } else if (KEYS.contains(key) && Cut.indent(line) <= 2) {
                current = key;
                all.begin(key, FieldLine.value(line));
                continue;
            }
            if (OF_A_CONTAINER.contains(key) && Cut.indent(line) > 2 && !current.endsWith(CONTAINERS)) {
                current = CONTAINERS;
                all.begin(CONTAINERS, "");
                all.lines.computeIfAbsent(CONTAINERS, _ -> new ArrayList<>()).addAll(name(lines, at));
            }
            all.lines.computeIfAbsent(current, _ -> new ArrayList<>()).add(line);
        }
        return all;
    }

    private void begin(String key, String value) {
        values.putIfAbsent(key, value);
        lines.computeIfAbsent(key, _ -> new ArrayList<>());
    }

    /** The line above, where it is the name of a container. */
    private static List<String> name(List<String> lines, int at) {
        return lines.subList(Math.max(0, at - 1), at).stream()
                .filter(line -> Cut.indent(line) > 0 && Names.isOne(line.strip()))
                .toList();
    }

    String value(String key, String otherwise) {
        var value = values.getOrDefault(key, "");
        return value.isEmpty() ? otherwise : value;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    List<String> below(String key) {
        return lines.getOrDefault(key, List.of());
    }

    /** What stands behind the key and below it: labels, annotations, selectors. */
    List<String> all(String key) {
        return Stream.concat(Stream.of(value(key, "")), below(key).stream())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
