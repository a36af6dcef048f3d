package dev.kubesent.redaction;

import com.google.re2j.Pattern;
import dev.kubesent.text.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name and its value, in whatever form: {@code password=x}, {@code "token": "x"}, {@code key => x}, {@code --api-key x}. One
 * walk over the text; behind each name a bounded number of characters is looked at twice.
 */
final class Assignments {

    private static final int SPACES = 8;

    /** Of the longest number. */
    private static final int DIGITS = 200;

    /** The whole rest of the line is of them. */
    private static final Set<String> LINES = Set.of("cookie", "set-cookie", "cookies");

    private static final Set<String> SCHEMES =
            Set.of("bearer basic digest negotiate apikey token ntlm hmac aws4-hmac-sha256 key splunk bot".split(" "));

    /** {@code data} of a manifest of a Secret has names of all kinds. */
    private static final Pattern SECRET_MANIFEST =
            Pattern.compile("(?i)\\bkind\\\\?[\"']?\\s*:\\s*\\\\?[\"']?secret\\b");

    private static final Set<String> OF_A_MANIFEST =
            Set.of("apiversion kind name namespace type metadata data stringdata labels annotations".split(" "));

    /** Whose values are ids, and random for all that. */
    private static final Set<String> IDS =
            Set.of(("id uid uuid guid sha sha1 sha256 sha512 sha384 addr address member md5 hash checksum digest"
                            + " commit revision rev ref trace traceid span spanid request requestid container containerid image"
                            + " imageid build version etag node pod instance correlation sandbox sandboxid boot machine file path"
                            + " fingerprint serial volume tag branch cluster cid iid")
                    .split(" "));

    private static final Pattern HEX =
            Pattern.compile("[0-9a-fA-F]{24,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String text;
    private final boolean ofASecret;
    private final List<Span> found = new ArrayList<>();

    private Assignments(String text) {
        this.text = text;
        this.ofASecret = text.toLowerCase(Locale.ROOT).contains("secret")
                && SECRET_MANIFEST.matcher(text).find();
    }

    /** @param text of a view */
    static List<Span> in(String text) {
        var all = new Assignments(text);
        for (int i = 0; i < text.length(); ) {
            i = all.at(i);
        }
        return all.found;
    }

    /** @return where to go on */
    private int at(int i) {
        return switch (text.charAt(i)) {
            case '=', ':' -> assigned(i, i + 1);
            case '%' -> text.regionMatches(true, i, "%3d", 0, 3) ? assigned(i, i + 3) : i + 1;
            case '[' -> i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1)) ? bracket(i) : i + 1;
            case '-' -> flag(i);
            default -> i + 1;
        };
    }

    private int assigned(int sign, int behind) {
        int from = behind;
        while (from < text.length() && from < behind + 2 && "=>:".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        if (text.startsWith("//", from)) {
            return from;
        }
        var name = nameBefore(sign);
        return name.isEmpty() ? from : value(name, spaces(from), false);
    }

    private int bracket(int sign) {
        var name = nameBefore(sign);
        return !name.isEmpty() && sign > 0 && text.charAt(sign - 1) != ' ' && Names.isSecret(name)
                ? value(name, sign + 1, false)
                : sign + 1;
    }

    /** Backwards over spaces and a quote. */
    private String nameBefore(int sign) {
        int end = sign;
        int least = Math.max(0, sign - SPACES);
        while (end > least && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        while (end > least && "\"'\\`]".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        int first = Math.max(0, end - Names.LONGEST);
        while (start > first && isOfAName(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    private static boolean isOfAName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private int flag(int dash) {
        if (dash > 0 && " \t\n\"'[(,=".indexOf(text.charAt(dash - 1)) < 0) {
            return dash + 1;
        }
        int start = dash;
        while (start < text.length() && start < dash + 2 && text.charAt(start) == '-') {
            start++;
        }
        int end = start;
        while (end < text.length() && end < start + Names.LONGEST && isOfAName(text.charAt(end))) {
            end++;
        }
        int value = separated(end);
        return value > end
                        && value < text.length()
                        && text.charAt(value) != '-'
                        && Names.isSecret(text.substring(start, end))
                ? value(text.substring(start, end), value, true)
                : Math.max(end, dash + 1);
    }

    /** A space, or the end of one string of a list and the beginning of the next. */
    private int separated(int end) {
        if (end < text.length() && (text.charAt(end) == '"' || text.charAt(end) == '\'')) {
            int comma = spaces(end + 1);
            return comma < text.length() && text.charAt(comma) == ',' ? spaces(comma + 1) : end;
        }
        return spaces(end);
    }

    private int spaces(int from) {
        int end = from;
        while (end < text.length() && end < from + SPACES && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return end;
    }

    /** @return behind the value where it is a secret; at its beginning where it is none, for it may hold another */
    private int value(String name, int from, boolean isFlag) {
        var kind = kind(name);
        if (kind == null) {
            return mayBeRandom(name) ? random(from, Names.isKey(name)) : from;
        }
        var place = Place.of(text, from, LINES.contains(name.toLowerCase(Locale.ROOT)));
        if (place.start() >= place.end()) {
            return from;
        }
        Effort.steps(place.end() - place.start()); // each name may have the rest of the line as its value
        var value = text.substring(place.start(), place.end());
        if (kind.equals("credentials") && SCHEMES.contains(value.toLowerCase(Locale.ROOT))) {
            place = Place.of(text, spaces(place.end()), false);
            value = text.substring(place.start(), place.end());
        }
        if (isFact(name, value, place, isFlag) || isWhere(name, value, from)) {
            return from;
        }
        if (place.start() < place.end()) {
            found.add(new Span(kind, place.start(), place.end()));
        }
        return Math.max(place.end(), from);
    }

    private @Nullable String kind(String name) {
        var small = name.toLowerCase(Locale.ROOT);
        if (LINES.contains(small)) {
            return "cookie";
        }
        if (small.endsWith("authorization")) {
            return "credentials";
        }
        return Names.isSecret(name) || ofASecret && !OF_A_MANIFEST.contains(small) ? "secret" : null;
    }

    private boolean isFact(String name, String value, Place place, boolean isFlag) {
        if (place.isQuoted()) {
            return Facts.isMasked(value) || Facts.isFact(value) && !value.contains(" ");
        }
        return Facts.isFact(value)
                || Facts.leads(value) && !isFlag
                || !Names.isPassword(name) && (goesOn(value, place) || isPort(name, value, place))
                || Names.isPlural(name) && value.chars().allMatch(c -> Character.isDigit(c) || ",.)}]".indexOf(c) >= 0);
    }

    /** {@code token: reading manifest}. */
    private boolean goesOn(String value, Place place) {
        return value.length() < 16
                && value.chars().allMatch(c -> c >= 'a' && c <= 'z')
                && place.end() + 1 < text.length()
                && text.charAt(place.end()) == ' '
                && (Character.isLetter(text.charAt(place.end() + 1)) || text.charAt(place.end() + 1) == '"');
    }

    /** {@code cannot read secret: secret/data/cart}: a sentence, and not a setting, which has nothing before its name. */
    private boolean isWhere(String name, String value, int from) {
        int start = text.lastIndexOf(name, from - 1) - 1;
        return name.equals("secret")
                && start > 0
                && text.charAt(start) == ' '
                && Character.isLetter(text.charAt(start - 1))
                && Facts.isWhere(value);
    }

    /** {@code auth:8443} is a host. */
    private boolean isPort(String name, String value, Place place) {
        return text.charAt(place.start() - 1) == ':'
                && name.chars().allMatch(Character::isLowerCase)
                && value.length() < 7
                && value.chars().limit(2).allMatch(Character::isDigit)
                && value.chars().allMatch(c -> Character.isDigit(c) || ":,.)".indexOf(c) >= 0);
    }

    private static boolean mayBeRandom(String name) {
        var words = Names.words(name);
        return !words.isEmpty() && words.stream().noneMatch(IDS::contains);
    }

    /** Hexadecimal digits, or a short random word, that are of no id. */
    private int random(int from, boolean isOfAKey) {
        int start = from;
        while (start < text.length() && start < from + 3 && "\\\"'`".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < text.length() && end < start + DIGITS && RandomWords.isOfAWord(text, end)) {
            end++;
        }
        var isWhole = end == text.length() || " \t\r\n\"'`;&}],)\\".indexOf(text.charAt(end)) >= 0;
        var word = text.substring(start, end);
        if (isWhole && (HEX.matches(word) || RandomWords.isShortOne(word) || isOfAKey && isLongWord(word))) {
            found.add(new Span("random", start, end));
            return end;
        }
        return from;
    }

    private static boolean isLongWord(String word) {
        return word.length() >= 14 && word.chars().anyMatch(c -> Character.isDigit(c) || Character.isUpperCase(c));
    }
}
