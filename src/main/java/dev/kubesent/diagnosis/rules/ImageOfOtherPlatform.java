package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Pattern;

/** The image exists, only not for this node's processor. containerd ends that in "not found", too. */
final class ImageOfOtherPlatform implements PullRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)no match for platform in manifest|no matching manifest for|image operating system .{0,100} cannot be"
                    + " used|no image found in (manifest list|image index) for architecture");

    @Override
    public Cause cause() {
        return Cause.IMAGE_OF_OTHER_PLATFORM;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain() {
        return "The image exists, but not for the processor or operating system of this node.";
    }

    @Override
    public String advice() {
        return "Build it for this platform as well, or keep the pod to nodes of the other one (nodeSelector"
                + " kubernetes.io/arch).";
    }
}
