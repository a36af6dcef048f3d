package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A volume that only one node may have at a time is still at another, mostly with a pod that is not gone yet. */
final class VolumeInUse implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)Multi-Attach error for volume \"(?<volume>[^\"]{1,253})\"|volume (?<other>\\S{1,253}) is already (exclusively )?(attached|used)");

    @Override
    public Cause cause() {
        return Cause.VOLUME_IN_USE;
    }

    @Override
    public Obstacle obstacle() {
        return Obstacle.NOT_SET_UP;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "Volume %s is still attached to another node.".formatted(Named.name(found, "volume", "other"));
    }

    @Override
    public String advice() {
        return "See whether the old pod is gone; where its node is dead, Kubernetes waits 6 minutes. A Deployment with such a volume needs strategy Recreate.";
    }
}
