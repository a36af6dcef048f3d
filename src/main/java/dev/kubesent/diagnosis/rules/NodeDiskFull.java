package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Pattern;

/** The node has no room for the image. The pod is not at fault, and another node may have room. */
final class NodeDiskFull implements PullRule {

    private static final Pattern TEXT =
            Pattern.compile("(?i)no space left on device|disk quota exceeded|failed to reserve .{0,200}space");

    @Override
    public Cause cause() {
        return Cause.NODE_DISK_FULL;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain() {
        return "The node has no room left for the image.";
    }

    @Override
    public String advice() {
        return "Free the node's disk (crictl rmi --prune), or make it larger.";
    }
}
