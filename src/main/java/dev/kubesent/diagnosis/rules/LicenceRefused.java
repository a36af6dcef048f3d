package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The program wants a licence, and has none that holds. */
final class LicenceRefused implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)licen[cs]e (key |file )?(has |is |was )?(expired|invalid|not valid|required)",
            "(?i)(invalid|expired|no valid) licen[cs]e|licen[cs]e (check|validation|verification) failed|EULA"
                    + " .{0,100}(not|must be) accepted|accept the (EULA|licen[cs]e)");

    private static final List<String> WORDS = List.of("licen", "eula");

    @Override
    public Cause cause() {
        return Cause.LICENCE_REFUSED;
    }

    @Override
    public List<Pattern> signs() {
        return SIGNS;
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public String explain(LogSign sign) {
        return "The program refuses to run without a valid licence.";
    }

    @Override
    public String advice() {
        return "Renew it, or mount it where the program looks for it.";
    }
}
