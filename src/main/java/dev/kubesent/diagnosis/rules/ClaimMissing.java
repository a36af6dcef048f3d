package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pod names a PersistentVolumeClaim that does not exist. */
final class ClaimMissing implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)persistentvolumeclaim \"(?<name>[^\"]{1,253})\" (not found|(?<deleted>is being deleted))");

    @Override
    public Cause cause() {
        return Cause.CLAIM_MISSING;
    }

    @Override
    public Obstacle obstacle() {
        return Obstacle.NO_NODE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return found.group("deleted") == null
                ? "There is no PersistentVolumeClaim %s.".formatted(Named.name(found, "name"))
                : "PersistentVolumeClaim %s is being deleted, which waits until nobody uses it."
                        .formatted(Named.name(found, "name"));
    }

    @Override
    public String advice() {
        return "Create the claim in the pod's namespace, or correct its name; one that is being deleted has to be gone first.";
    }
}
