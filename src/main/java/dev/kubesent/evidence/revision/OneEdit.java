package dev.kubesent.evidence.revision;

/** How one slip of the finger writes a name. */
public final class OneEdit {

    private OneEdit() {}

    /** One character more, less or another, or two neighbours exchanged (Damerau and Levenshtein's distance of 1). */
    public static boolean isBetween(String one, String other) {
        if (one.equals(other) || Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        var same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        var rest = one.substring(same);
        var otherRest = other.substring(same);
        if (rest.length() != otherRest.length()) {
            return rest.length() > otherRest.length()
                    ? rest.substring(1).equals(otherRest)
                    : otherRest.substring(1).equals(rest);
        }
        return rest.substring(1).equals(otherRest.substring(1)) || isExchanged(rest, otherRest);
    }

    private static boolean isExchanged(String one, String other) {
        return one.length() > 1
                && one.charAt(0) == other.charAt(1)
                && one.charAt(1) == other.charAt(0)
                && one.substring(2).equals(other.substring(2));
    }
}
