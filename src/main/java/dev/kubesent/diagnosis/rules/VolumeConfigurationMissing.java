package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A volume is made of a Secret or ConfigMap, or of a key of one, that is not there. The pod starts by itself when it is. */
final class VolumeConfigurationMissing implements PendingRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)volume \"(?<volume>[^\"]{1,253})\" : (.{0,200}?)((?<kind>secret|configmap) \"(?<name>[^\"]{1,253})\" not found"
                    + "|references non-existent (?<ref>(secret|config) key: \\S{1,253}))");

    @Override
    public Cause cause() {
        return Cause.CONFIGURATION_MISSING;
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
        return "Volume %s needs %s, which is not there."
                .formatted(
                        Named.name(found, "volume"),
                        (Named.name(found, "kind", "ref") + " " + Named.name(found, "name")).strip());
    }

    @Override
    public String advice() {
        return "Create it in the pod's namespace, or correct the name; nothing else has to be restarted.";
    }
}
