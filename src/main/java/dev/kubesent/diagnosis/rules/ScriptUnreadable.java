package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script whose lines end as on Windows: the kernel looks for an interpreter whose name ends in a carriage return. */
final class ScriptUnreadable implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "bad interpreter|(sh|bash|python3?|node|env): (‘|')?[^:\\s]*(\\\\r|\r|\\^M)|\\$'\\\\r': command not found|: not found\\r");

    @Override
    public Cause cause() {
        return Cause.SCRIPT_UNREADABLE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The script's interpreter is not found; its lines probably end with a carriage return, as on Windows.";
    }

    @Override
    public String advice() {
        return "Save it with LF line ends (dos2unix, .gitattributes: *.sh text eol=lf).";
    }
}
