package dev.kubesent.change;

import java.util.Set;

/** The path of a patch, held against fields as a person writes them. */
final class FieldPath {

    private FieldPath() {}

    /** {@code /spec/template/spec/containers/0/resources/limits/memory} is within {@code spec.containers[*].resources}. */
    static boolean isWithin(String path, Set<String> fields) {
        var ofThePod =
                path.replaceFirst("^/spec/(jobTemplate/spec/)?template/", "/").substring(1);
        var spelt = ofThePod.replaceAll("/\\d+(?=/|$)", "[*]").replace('/', '.');
        return fields.stream().anyMatch(field -> spelt.equals(field) || spelt.startsWith(field + "."));
    }
}
