package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AppArmor, seccomp or SELinux: the profile is not on the node, or the node does not know how. */
final class SecurityProfileRefused implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)\\b(?<what>apparmor|seccomp|selinux)\\b.{0,200}?(not found|not loaded|failed|cannot|unable|not supported|invalid"
                    + "|no such file|not exist)|SecurityProfileInvalid");

    @Override
    public Cause cause() {
        return Cause.SECURITY_PROFILE_REFUSED;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The container's %s profile cannot be applied on this node.".formatted(Named.first(found, "what"));
    }

    @Override
    public String advice() {
        return "Load the profile on every node the pod may run on, or use RuntimeDefault.";
    }
}
