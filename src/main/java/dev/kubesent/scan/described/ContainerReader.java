package dev.kubesent.scan.described;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one container, each with the lines below it. What a container was given as arguments stands deeper, and is never taken for a field. */
final class ContainerReader {

    /** kubectl's describeContainers and describeContainerBasicInfo, 1.10 to 1.35. */
    static final Set<String> KEYS = Set.of(
            "Container ID",
            "Image",
            "Image ID",
            "Port",
            "Ports",
            "Host Port",
            "Host Ports",
            "SeccompProfile",
            "Command",
            "Args",
            "State",
            "Last State",
            "Ready",
            "Restart Count",
            "Restart Policy",
            "Limits",
            "Requests",
            "Liveness",
            "Readiness",
            "Startup",
            "Environment Variables from",
            "Environment",
            "Mounts",
            "Devices");

    private ContainerReader() {}

    /**
     * @param name empty where the text does not name it
     * @param below lines below each field, with their indentation
     */
    record Block(String name, Map<String, String> fields, Map<String, List<String>> below) {

        String field(String key) {
            return fields.getOrDefault(key, "");
        }

        List<String> lines(String key) {
            return below.getOrDefault(key, List.of());
        }
    }

    static List<Block> blocks(List<String> lines) {
        var blocks = new ArrayList<Block>();
        int depth = -1;
        var field = "";
        for (var line : lines) {
            int indent = Cut.indent(line);
            if (isName(line, indent, depth)) {
                blocks.add(new Block(FieldLine.key(line), new LinkedHashMap<>(), new LinkedHashMap<>()));
                depth = -1;
                field = "";
                continue;
            }
            var key = FieldLine.key(line);
            if (KEYS.contains(key) && (depth < 0 || indent == depth)) {
                depth = indent;
                if (blocks.isEmpty()) {
                    blocks.add(new Block("", new LinkedHashMap<>(), new LinkedHashMap<>()));
                }
                field = key;
                blocks.getLast().fields.putIfAbsent(key, FieldLine.value(line));
            } else if (!field.isEmpty()) {
                blocks.getLast()
                        .below
                        .computeIfAbsent(field, _ -> new ArrayList<>())
                        .add(line);
            }
        }
        return blocks;
    }

    /** Not as deep as the fields of the container before it. */
    private static boolean isName(String line, int indent, int depth) {
        return indent > 0 && (depth < 0 || indent < depth) && Names.isOne(line.strip());
    }
}
