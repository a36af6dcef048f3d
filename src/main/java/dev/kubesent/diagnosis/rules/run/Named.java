package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.redaction.Masking;
import java.util.regex.Matcher;

/** What named groups of a pattern caught. */
final class Named {

    /** Characters of it that are repeated. */
    private static final int LONGEST = 120;

    private Named() {}

    /** Of those that are alternatives to one another, the one that caught something, as it may be shown; empty where none did. */
    static String first(Matcher found, String... groups) {
        return Masking.text(name(found, groups));
    }

    /** The same, of what is a name: that of a Secret looks like a credential, and is none. */
    static String name(Matcher found, String... groups) {
        for (var group : groups) {
            if (found.namedGroups().containsKey(group) && found.group(group) != null) {
                var text = found.group(group).strip();
                return text.substring(0, Math.min(LONGEST, text.length()));
            }
        }
        return "";
    }
}
