package dev.kubesent.scan.described;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A description that lost its indentation in a form or a chat: it is given back by the keys. */
final class Flattened {

    private static final Set<String> OF_A_STATE =
            Set.of("Reason", "Message", "Exit Code", "Signal", "Started", "Finished");

    private static final Set<String> BEHIND_CONTAINERS = Set.of(
            "Conditions",
            "Volumes",
            "QoS Class",
            "Node-Selectors",
            "Tolerations",
            "Readiness Gates",
            "Topology Spread Constraints",
            "Events");

    private static final Set<String> HEADS = Set.of("Containers", "Init Containers", "Ephemeral Containers", "Volumes");

    private Flattened() {}

    /** The name of the first container stands at the margin. */
    static boolean isIn(List<String> lines) {
        for (int at = 0; at + 1 < lines.size(); at++) {
            if (lines.get(at).strip().equals("Containers:")) {
                return Names.isOne(lines.get(at + 1));
            }
        }
        return false;
    }

    static List<String> indented(List<String> lines) {
        var all = new ArrayList<String>();
        var section = "";
        for (var line : lines) {
            var key = FieldLine.key(line);
            if (HEADS.contains(key) || BEHIND_CONTAINERS.contains(key)) {
                section = key;
                all.add(line);
                continue;
            }
            all.add(" ".repeat(depth(section, key, line)) + line);
        }
        return all;
    }

    private static int depth(String section, String key, String line) {
        if (!HEADS.contains(section)) {
            return section.equals("Events") || section.equals("Conditions") ? 2 : 0;
        }
        if (Names.isOne(line)) {
            return 2;
        }
        if (section.equals("Volumes")) {
            return 4;
        }
        return OF_A_STATE.contains(key) || !ContainerReader.KEYS.contains(key) ? 6 : 4;
    }
}
