package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The node cannot have the image of the sandbox itself (pause), which is no image of the pod's: the node's configuration or its way to the registry. */
final class SandboxImageNotPulled implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)^(?!.*(no space left|input/output error|read-only file system)).*?(?:failed to get sandbox image \"(?<image>[^\"]{1,500})\"|unable to pull (?:pause|sandbox) image \"?(?<old>[^\" ]{1,500})"
                    + "|create pod sandbox.{0,300}?(?:initializing source|pinging container registry|reading manifest) (?<crio>\\S{0,500}))");

    @Override
    public Cause cause() {
        return Cause.SANDBOX_IMAGE_NOT_PULLED;
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
        return "The node cannot pull the image of the sandbox itself%s; the pod's images are not at fault."
                .formatted(Named.name(found, "image", "old").isEmpty() ? "" : ", " + Named.name(found, "image", "old"));
    }

    @Override
    public String advice() {
        return "Correct the sandbox image in the runtime's configuration on the node, or its way to that registry. Nothing of the workload is to be changed.";
    }
}
