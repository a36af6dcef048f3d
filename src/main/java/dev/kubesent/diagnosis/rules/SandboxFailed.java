package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runtime cannot make the pod's sandbox, for a reason that no rule knows; mostly the node's. */
final class SandboxFailed implements PendingRule {

    private static final Pattern TEXT =
            Pattern.compile("(?i)Failed to create pod sandbox|(?<runtime>no runtime for \\S{1,100} is configured)");

    @Override
    public Cause cause() {
        return Cause.SANDBOX_FAILED;
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
    public Kind worth(String said) {
        return Kind.FITS;
    }

    @Override
    public String explain(Matcher found) {
        return "The node's runtime cannot make the pod's sandbox.";
    }

    @Override
    public String advice() {
        return "The event has the runtime's own words; see whether other pods start on this node.";
    }
}
