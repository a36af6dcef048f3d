package dev.kubesent.diagnosis.rules;

import java.util.regex.Matcher;

/** What named groups of a pattern caught. */
final class Named {

    private Named() {}

    /** Of those that are alternatives to one another, the one that caught something; empty where none did. */
    static String first(Matcher found, String... groups) {
        for (var group : groups) {
            if (found.namedGroups().containsKey(group) && found.group(group) != null) {
                return found.group(group);
            }
        }
        return "";
    }
}
