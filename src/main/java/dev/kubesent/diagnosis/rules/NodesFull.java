package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nodes that the pod may run on have not as much left as it asks for. */
final class NodesFull implements PendingRule {

    private static final Pattern TEXT =
            Pattern.compile("Insufficient (?<what>[\\w./-]{0,252}\\w)|(?<pods>Too many pods)");

    @Override
    public Cause cause() {
        return Cause.NODES_FULL;
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
        return "No node that the pod may run on has enough left: %s.".formatted(Named.name(found, "what", "pods"));
    }

    @Override
    public String advice() {
        return "Add a node, make room, or ask for less (resources.requests); a request that no node could ever fit shows in the same words.";
    }
}
