package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A volume cannot be attached or mounted, for a reason that no rule knows; mostly the storage's own. */
final class VolumeNotMounted implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)(MountVolume|MapVolume|AttachVolume)\\.\\w{1,40}( initialization)? failed for volume \"(?<volume>[^\"]{1,253})\""
                    + "|Unable to attach or mount volumes: unmounted volumes=\\[(?<list>[^\\]]{1,500})");

    @Override
    public Cause cause() {
        return Cause.VOLUME_NOT_MOUNTED;
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
        return "Volume %s cannot be mounted.".formatted(Named.name(found, "volume", "list"));
    }

    @Override
    public String advice() {
        return "The event has the storage's own words: a server that does not answer, a path it does not export, a right it does not give.";
    }
}
