package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** No node is one that the pod may run on: its selector, affinity, tolerations, ports or volumes exclude all of them. */
final class NoNodeFits implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)didn't match (?<what>[^,.]{1,200})|untolerated taint(\\(s\\))? ?(?<taint>\\{[^}]{1,300}})?|(?<ports>didn't have free ports)"
                    + "|(?<volume>volume node affinity conflict)");

    @Override
    public Cause cause() {
        return Cause.NO_NODE_FITS;
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
        return "No node is one that the pod may run on%s.".formatted(reason(found));
    }

    @Override
    public String advice() {
        return "Compare its nodeSelector, affinity and tolerations with kubectl get nodes --show-labels and their taints.";
    }

    private static String reason(Matcher found) {
        var what = Named.name(found, "what", "taint", "ports", "volume");
        return what.isEmpty() ? "" : ": " + what;
    }
}
