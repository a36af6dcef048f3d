package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** runAsNonRoot, and the image runs as root or does not say; or a user that the image does not know. */
final class UserRefused implements StartRule {

    private static final Pattern TEXT =
            Pattern.compile("(?<why>container has runAsNonRoot and image (will run as root|has non-numeric user"
                    + " \\([^)]{0,100}\\))|unable to find (user|group) \\S+: no matching entries in passwd file|no users"
                    + " found)");

    @Override
    public Cause cause() {
        return Cause.USER_REFUSED;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The container may not be started as the user that the image asks for: %s."
                .formatted(Named.first(found, "why"));
    }

    @Override
    public String advice() {
        return "Set runAsUser to a number that the image can run as, or USER in the image to one.";
    }
}
