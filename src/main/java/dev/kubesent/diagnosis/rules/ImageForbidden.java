package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Pattern;

/** A refusal with its reason: a policy, a licence, a country. A bare 403 means less: behind a mirror it is also a typo. */
final class ImageForbidden implements PullRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)403 Forbidden.{0,300}(polic|blocked|geo|country|region|export|embargo|quarantin|vulnerab)|denied by"
                    + " (policy|admission)|blocked by .{0,200}polic|not available in your (country|region|location)");

    @Override
    public Cause cause() {
        return Cause.IMAGE_FORBIDDEN;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain() {
        return "The registry has the image and refuses to hand it out, by a policy.";
    }

    @Override
    public String advice() {
        return "Ask whoever runs the registry which policy it is; other credentials will hardly help.";
    }
}
