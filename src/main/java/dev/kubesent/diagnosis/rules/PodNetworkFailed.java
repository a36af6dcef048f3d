package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the pod itself asks of its network by annotations (Multus, bandwidth, fixed addresses) may be wrong there, and is nobody else's fault. The network plugin gives the pod no network: it is not installed or not up on the node, or has no address left. */
final class PodNetworkFailed implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)^(?!.*(multus|network-attachment-definition|bandwidth|annotation|ipAddrs)).*?(failed to set ?up network for sandbox(.{0,120}?plugin type=\"(?<plugin>[^\"]{1,100})\")?|plugin type=\"(?<other>[^\"]{1,100})\".{0,60} failed|cni plugin not initialized|network is not ready|networkPlugin cni failed"
                    + "|failed to assign an IP address|no IP addresses available)");

    @Override
    public Cause cause() {
        return Cause.POD_NETWORK_FAILED;
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
        return "The network plugin gives the pod no network%s."
                .formatted(
                        Named.name(found, "plugin", "other").isEmpty()
                                ? ""
                                : " (" + Named.name(found, "plugin", "other") + ")");
    }

    @Override
    public String advice() {
        return "Look at the network plugin's pod on this node, and whether it has addresses left. Nothing of the workload is to be changed.";
    }
}
