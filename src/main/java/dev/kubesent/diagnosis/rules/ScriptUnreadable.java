package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script whose lines end as on Windows: the kernel looks for an interpreter whose name ends in a carriage return. */
final class ScriptUnreadable implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "bad interpreter|^(OCI runtime .*: )?exec (?<exec>\\S+): no such file or directory|(sh|bash|python3?|node|env): (‘|')?[^:\\s]*(\\\\r|\r|\\^M)|\\$'\\\\r': command not found|: not found\\r");

    @Override
    public Cause cause() {
        return Cause.SCRIPT_UNREADABLE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public boolean isSaidInTheLog() {
        return true;
    }

    @Override
    public String explain(Matcher found) {
        return found.group("exec") == null
                ? "The script's interpreter is not found; its lines probably end with a carriage return, as on Windows."
                : "%s is there, and what it names to run it is not: a script's interpreter (line ends as on Windows), or a program's loader."
                        .formatted(found.group("exec"));
    }

    @Override
    public String advice() {
        return "Save it with LF line ends (dos2unix, .gitattributes: *.sh text eol=lf).";
    }
}
