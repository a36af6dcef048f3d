package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.PatchOperation;
import java.util.Optional;
import java.util.Set;

/**
 * Only fields of the allow-list change, whatever made the patch; in a rollback, the whole template; in an edit, the field that its permission
 * is for. And what is sent is what the change says of itself: of a fresh one that is asked as of one that is read back from its record.
 */
final class FieldAllowed implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .flatMap(change -> whyNot(change, judged.policy().fields()))
                .flatMap(why -> Constraint.no(RefusalReason.FIELD_NOT_ALLOWED, why));
    }

    static Optional<String> whyNot(Change change, Set<String> fields) {
        return change.whyNotOurs().or(() -> firstOutside(change, fields));
    }

    /** @param fields of a pod that a raise may change */
    static Optional<String> firstOutside(Change change, Set<String> fields) {
        return change.operations().stream()
                .filter(operation -> !(operation instanceof PatchOperation.Test))
                .map(PatchOperation::path)
                .filter(path -> !change.maySet(path, fields))
                .findFirst();
    }
}
