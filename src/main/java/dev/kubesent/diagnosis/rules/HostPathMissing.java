package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A volume is a path of the node, and there is no such path on the node that the pod came to, or it is something else. */
final class HostPathMissing implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)volume \"(?<volume>[^\"]{1,253})\" : (hostPath type check failed: (?<path>\\S{1,1000}) is not a|path \"(?<local>[^\"]{1,1000})\" does not exist)");

    @Override
    public Cause cause() {
        return Cause.HOST_PATH_MISSING;
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
        return "Volume %s is path %s of the node, which is not there, or is something else."
                .formatted(Named.name(found, "volume"), Named.name(found, "path", "local"));
    }

    @Override
    public String advice() {
        return "Create it on each node that the pod may come to, correct the path, or use a volume that follows the pod.";
    }
}
