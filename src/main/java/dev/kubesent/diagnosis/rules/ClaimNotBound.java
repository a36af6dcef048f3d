package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A claim of the pod has no volume yet: no StorageClass provides one, or none that exists fits it. */
final class ClaimNotBound implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)unbound immediate PersistentVolumeClaims|binding volumes: |didn't find available persistent volumes to bind");

    @Override
    public Cause cause() {
        return Cause.CLAIM_NOT_BOUND;
    }

    @Override
    public Obstacle obstacle() {
        return Obstacle.NO_NODE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    /** Of several reasons, each of some nodes, the volumes are only one. */
    @Override
    public Kind worth(String said) {
        return said.contains("Insufficient") || said.contains("untolerated taint") ? Kind.FITS : Kind.SENTENCE;
    }

    @Override
    public String explain(Matcher found) {
        return "A PersistentVolumeClaim of the pod is not bound to a volume.";
    }

    @Override
    public String advice() {
        return "kubectl describe pvc tells why: mostly a StorageClass that does not exist, or no volume of that size and access mode.";
    }
}
