package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nodes themselves are down, cordoned or not ready: Kubernetes marks them with taints of its own, which no pod is to tolerate. */
final class NodesNotReady implements PendingRule {

    private static final String MARKS =
            "(?:had untolerated taint(?:\\(s\\))? \\{node\\.(?:cloudprovider\\.)?kubernetes\\.io/(?<mark>[\\w-]{1,100})|were (?<cordoned>unschedulable))";

    private static final Pattern TEXT = Pattern.compile(
            "(?<!\\d)(?<count>\\d{1,6}) node\\(s\\) " + MARKS + "|0/0 nodes are available|no nodes available");

    private static final Pattern ALL = Pattern.compile("0/(\\d{1,6}) nodes are available");

    @Override
    public Cause cause() {
        return Cause.NODES_NOT_READY;
    }

    @Override
    public Obstacle obstacle() {
        return Obstacle.NO_NODE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    /** Where it is a few of many, something else keeps the pod from the others. */
    @Override
    public Kind worth(String said) {
        var all = ALL.matcher(said);
        var down = TEXT.matcher(said)
                .results()
                .filter(found -> found.group("count") != null)
                .mapToLong(found -> Long.parseLong(found.group("count")))
                .sum();
        return all.find() && 2 * down < Long.parseLong(all.group(1)) ? Kind.FITS : Kind.SENTENCE;
    }

    @Override
    public String explain(Matcher found) {
        var mark = Named.name(found, "mark", "cordoned");
        return "The nodes themselves take no pods" + (mark.isEmpty() ? ": there are none." : ": " + mark + ".");
    }

    @Override
    public String advice() {
        return "kubectl get nodes tells which; bring them back, uncordon them, or add others.";
    }
}
