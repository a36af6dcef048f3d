package dev.kubesent.gate.constraints;

import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import java.util.Optional;
import java.util.Set;

/** Only fields of the allow-list change, whatever made the patch. */
final class FieldAllowed implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(change -> firstOutside(change, judged.policy().fields()))
                .flatMap(path -> Constraint.no(RefusalReason.FIELD_NOT_ALLOWED, path));
    }

    static Optional<String> firstOutside(Change change, Set<String> fields) {
        return change.operations().stream()
                .filter(operation -> !(operation instanceof PatchOperation.Test))
                .map(PatchOperation::path)
                .filter(path -> fields.stream().noneMatch(field -> isWithin(path, field)))
                .findFirst();
    }

    /** {@code /spec/template/spec/containers/0/resources/limits/memory} is within {@code spec.containers[*].resources}. */
    private static boolean isWithin(String path, String field) {
        var ofThePod =
                path.replaceFirst("^/spec/(jobTemplate/spec/)?template/", "/").substring(1);
        var spelt = ofThePod.replaceAll("/\\d+(?=/|$)", "[*]").replace('/', '.');
        return spelt.equals(field) || spelt.startsWith(field + ".");
    }
}
