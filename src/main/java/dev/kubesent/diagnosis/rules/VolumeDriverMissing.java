package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The node has no driver for this kind of volume. */
final class VolumeDriverMissing implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)driver name (?<driver>\\S{1,253}) not found in the list of registered CSI drivers|CSINode \\S{1,253} does not contain driver (?<other>\\S{1,253})"
                    + "|you might need a /sbin/mount\\.<type> helper program|unknown filesystem type '(?:nfs4?|cifs|ceph|glusterfs)'|-t (?:nfs4?|cifs|ceph|glusterfs) [\\s\\S]{0,700}unknown filesystem(?! type)");

    @Override
    public Cause cause() {
        return Cause.VOLUME_DRIVER_MISSING;
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
        return "The node has no driver for the volume%s."
                .formatted(
                        Named.name(found, "driver", "other").isEmpty()
                                ? ""
                                : ": " + Named.name(found, "driver", "other"));
    }

    @Override
    public String advice() {
        return "Install the driver, or its part that runs on each node, and see that it runs on this one.";
    }
}
