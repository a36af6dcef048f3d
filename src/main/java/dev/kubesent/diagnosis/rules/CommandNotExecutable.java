package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** It is there, and may not be executed: no x bit, a directory, or a volume mounted noexec. */
final class CommandNotExecutable implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "exec: \"(?<what>[^\"\\s]{1,300}+)[^\"]{0,1000}\": (permission denied|is a directory)|open executable:"
                    + " Permission denied|exec (?<exec>\\S+): permission denied");

    @Override
    public Cause cause() {
        return Cause.COMMAND_NOT_EXECUTABLE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "'%s' in the image may not be executed.".formatted(Named.first(found, "what", "exec"));
    }

    @Override
    public String advice() {
        return "chmod +x it where the image is built; of a directory, name the file in it; a ConfigMap needs"
                + " defaultMode 0755.";
    }
}
