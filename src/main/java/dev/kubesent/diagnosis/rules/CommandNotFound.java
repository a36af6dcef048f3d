package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runtime looked for the command in the image, and it is not there. runc and crun say it in their own words. */
final class CommandNotFound implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "exec: \"(?<what>[^\"\\s]{1,300}+)[^\"]{0,1000}\": (executable file not found in \\$PATH|stat [^:]+: no"
                    + " such file or directory)|executable file `(?<crun>[^`\\s]{1,300}+)[^`]{0,1000}` not found");

    @Override
    public Cause cause() {
        return Cause.COMMAND_NOT_FOUND;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The image has no '%s' to execute.".formatted(Named.first(found, "what", "crun"));
    }

    @Override
    public String advice() {
        return "Compare command and args with what is in the image: crictl run, or docker run --entrypoint ls.";
    }
}
