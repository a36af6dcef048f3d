package dev.kubesent.gate.constraints;

import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.NextRevisionName;
import dev.kubesent.gate.PodEviction;
import dev.kubesent.gate.Refusal;
import dev.kubesent.gate.RefusalReason;
import dev.kubesent.gate.TemplateEdit;
import dev.kubesent.gate.TrafficPin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Only fields of the allow-list change, whatever made the patch; in a rollback, the whole template; in an edit, the field that its permission
 * is for.
 */
final class FieldAllowed implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(change -> firstOutside(change, judged.policy().fields()))
                .flatMap(path -> Constraint.no(RefusalReason.FIELD_NOT_ALLOWED, path));
    }

    static Optional<String> firstOutside(Change change, Set<String> fields) {
        return switch (change) {
            case Change.MemoryChange raise ->
                firstOutside(
                        raise.operations(),
                        path -> isWithin(path, fields) || NextRevisionName.isNameOf(raise.target(), path));
            case Change.TemplateRollback rollback ->
                firstOutside(rollback.operations(), path -> path.equals("/spec/template"));
            case TrafficPin pin -> firstOutside(pin.operations(), TrafficPin.PATH::equals);
            case PodEviction eviction -> firstOutside(eviction.operations(), _ -> false);
            case TemplateEdit edit ->
                firstOutside(
                        edit.operations(),
                        path -> isWithin(path, edit.permission().fields()));
        };
    }

    private static Optional<String> firstOutside(List<PatchOperation> operations, Predicate<String> isAllowed) {
        return operations.stream()
                .filter(operation -> !(operation instanceof PatchOperation.Test))
                .map(PatchOperation::path)
                .filter(path -> !isAllowed.test(path))
                .findFirst();
    }

    private static boolean isWithin(String path, Set<String> fields) {
        return fields.stream().anyMatch(field -> isWithin(path, field));
    }

    /** {@code /spec/template/spec/containers/0/resources/limits/memory} is within {@code spec.containers[*].resources}. */
    private static boolean isWithin(String path, String field) {
        var ofThePod =
                path.replaceFirst("^/spec/(jobTemplate/spec/)?template/", "/").substring(1);
        var spelt = ofThePod.replaceAll("/\\d+(?=/|$)", "[*]").replace('/', '.');
        return spelt.equals(field) || spelt.startsWith(field + ".");
    }
}
