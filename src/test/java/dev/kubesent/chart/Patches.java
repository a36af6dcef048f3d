package dev.kubesent.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;

/** What an overlay changes of the objects of the base, a line each. */
final class Patches {

    private final List<String> lines = new ArrayList<>();

    private Patches() {}

    static List<String> between(Manifests base, Manifests overlay) {
        var patches = new Patches();
        var changed = new TreeMap<>(overlay.objects());
        new TreeMap<>(base.objects()).forEach((key, object) -> {
            var other = changed.get(key);
            if (other == null) {
                patches.lines.add(key + " is not there");
            } else {
                patches.compare(key + ":", object, other);
            }
        });
        return patches.lines;
    }

    private void compare(String path, JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return;
        }
        if (one.isArray() && other.isArray()) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                compare(path + "/" + i, one.path(i), other.path(i));
            }
        } else if (one.isObject() && other.isObject()) {
            var names = new LinkedHashSet<String>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, one.path(name), other.path(name)));
        } else {
            lines.add("%s = %s".formatted(path, other instanceof MissingNode ? "nothing" : other));
        }
    }
}
