package dev.kubesent.diagnosis.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what nobody outside the cluster may read, and puts the same placeholder wherever the same value
 * stands, so that a model can still tell that two are one. One for each prompt.
 */
public final class Redaction {

    /** Bits a character: hex has at most 4, base64 6; English words stay below 3.5 over this length. */
    private static final double RANDOM = 3.6;

    /** Whether addresses of people and machines are taken out as well. */
    public enum Addresses {
        REMOVED,
        KEPT
    }

    /** @param group of the pattern that is the secret; 0 for all of it */
    private record Kind(String name, Pattern pattern, int group) {

        Kind(String name, String pattern, int group) {
            this(name, Pattern.compile(pattern), group);
        }
    }

    /** Parts of a name; the short ones stand alone, or "mapping" and "author" would be credentials. */
    private static final String NAMES =
            "passw(?:or)?d|passphrase|passwd|pwd|pass(?![a-z])|pw(?![a-z])|secret|token|api[_-]?key|access[_-]?key"
                    + "|private[_-]?key|signing[_-]?key|encryption[_-]?key|account[_-]?key|shared[_-]?key|credential"
                    + "|(?<![a-z])(?:auth|cookie|session[_-]?(?:id|key)?|dsn|salt|pin)(?![a-z])";

    /** The more special first: what one has taken out, the next does not see. */
    private static final List<Kind> SECRETS = List.of(
            new Kind(
                    "private-key",
                    "-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE)[A-Z0-9 ]*-----[\\s\\S]*?(?:-----END [A-Z0-9 ]+-----|$)",
                    0),
            new Kind("jwt", "\\beyJ[\\w-]{6,}\\.[\\w-]{6,}(?:\\.[\\w-]*)?", 0),
            new Kind(
                    "credentials",
                    "(?i)\\b(?:bearer|basic|digest|negotiate|apikey|token)\\s+([A-Za-z0-9._~+/=:-]{6,})",
                    1),
            new Kind("password", "\\w[\\w+.-]{0,32}://[^\\s:/@]{0,256}:([^\\s@]{1,512})@", 1),
            new Kind("userinfo", "\\w[\\w+.-]{0,32}://([^\\s:/@]{12,512})@", 1),
            new Kind("cloud-key", "\\b(?:AKIA|ASIA|AGPA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}", 0),
            new Kind("cloud-key", "\\bAIza[\\w-]{20,}|\\bya29\\.[\\w-]{10,}|\\bGOCSPX-[\\w-]{10,}", 0),
            new Kind(
                    "token",
                    "\\b(?:gh[pousr]_\\w{16,}|github_pat_\\w{16,}|glpat-[\\w-]{10,}|xox[abeoprs]-[\\w-]{8,}"
                            + "|npm_\\w{16,}|pypi-[\\w-]{16,}|dop_v1_\\w{16,}|hv[sb]\\.[\\w-]{16,}|sk-[\\w-]{16,}|[rsp]k_(?:live|test)_\\w{10,}"
                            + "|whsec_\\w{10,}|SG\\.[\\w-]{10,}\\.[\\w-]{10,}|shp(?:at|ca|pa|ss)_\\w{16,}|EAA\\w{20,}|AC[0-9a-f]{32})",
                    0),
            new Kind("webhook", "(?i)https://hooks\\.[\\w.-]+/\\S+|https://[\\w.-]*webhook[\\w.-]*/\\S+", 0),
            new Kind(
                    "secret",
                    "(?i)[\\w.-]{0,64}(?:" + NAMES
                            + ")[\\w.-]{0,64}[\"']?\\s{0,8}(?:=>|:=|[=:])\\s{0,8}(\"[^\"]+\"|'[^']+'|[^\\s\"',;&}]+)",
                    1),
            new Kind("secret", "(?i)--?[\\w-]{0,64}(?:" + NAMES + ")[\\w-]{0,64}\\s{1,8}([^\\s\"',;&]{3,})", 1),
            new Kind(
                    "secret",
                    "(?i)\\b(?:password|passwd|passphrase|secret|token)\\s+(?:is|was|of)?\\s*[\"'`]([^\"'`]+)[\"'`]",
                    1),
            new Kind("secret", "(?:^|\\s)(?:-u|--user|--proxy-user)[\\s=]{1,4}[^\\s:]{1,256}:(\\S+)", 1),
            new Kind("secret", "\\b(?:mysql|mariadb)\\w*(?:\\s+-(?!p)\\S+|\\s+[^-\\s]\\S*){0,8}\\s+-p(\\S+)", 1),
            new Kind("secret", "(?i)\\b(?:IDENTIFIED BY|requirepass|AUTH|masterauth)\\s+[\"']?([^\\s\"';]{3,})", 1));

    private static final List<Kind> ADDRESSES = List.of(
            new Kind("email", "[\\w.+-]{1,64}@[\\w-]{1,64}\\.[\\w.-]{0,190}\\w", 0),
            new Kind("ip", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b", 0),
            // Eight groups or a double colon: 12:34:56 is a time.
            new Kind(
                    "ip",
                    "(?i)(?<![\\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}"
                            + "|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|::(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})(?![\\w:])",
                    0));

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_=-]{20,}");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)" + NAMES + "|key|conn");
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z-]+-\\d+>");

    private final Addresses addresses;
    private final Map<String, String> placeholders = new HashMap<>();

    public Redaction(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Any text. */
    public String text(String text) {
        var redacted = text;
        for (var kind : SECRETS) {
            redacted = replace(redacted, kind);
        }
        redacted = randomWords(redacted);
        if (addresses == Addresses.REMOVED) {
            for (var kind : ADDRESSES) {
                redacted = replace(redacted, kind);
            }
        }
        return known(redacted);
    }

    /** The value of something that has a name, such as an environment variable. */
    public String value(String name, String value) {
        return SECRET_NAME.matcher(name).find()
                        && !value.isBlank()
                        && !PLACEHOLDER.matcher(value).matches()
                ? placeholder("secret", value)
                : text(value);
    }

    /** What was recognised as a secret in one place is one wherever it stands. */
    private String known(String text) {
        var redacted = text;
        for (var known : placeholders.entrySet()) {
            if (known.getKey().length() >= 6) {
                redacted = redacted.replace(known.getKey(), known.getValue());
            }
        }
        return redacted;
    }

    private String replace(String text, Kind kind) {
        return kind.pattern().matcher(text).replaceAll(match -> {
            var secret = match.group(kind.group());
            if (secret == null || PLACEHOLDER.matcher(secret).lookingAt()) {
                return Matcher.quoteReplacement(match.group());
            }
            var bare = secret.replaceAll("^[\"']|[\"']$", "");
            var start = match.start(kind.group()) - match.start();
            var whole = match.group();
            return Matcher.quoteReplacement(whole.substring(0, start)
                    + placeholder(kind.name(), bare)
                    + whole.substring(start + secret.length()));
        });
    }

    private String randomWords(String text) {
        return WORD.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        looksRandom(match.group()) ? placeholder("random", match.group()) : match.group()));
    }

    private static boolean looksRandom(String word) {
        var digits = word.chars().filter(Character::isDigit).count();
        var letters = word.chars().filter(Character::isLetter).count();
        return digits >= 3 && letters >= 3 && entropy(word) > RANDOM;
    }

    /** Shannon's, in bits a character. */
    private static double entropy(String word) {
        var counts = new HashMap<Integer, Integer>();
        word.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
        return counts.values().stream()
                .mapToDouble(n -> (double) n / word.length())
                .map(p -> -p * Math.log(p) / Math.log(2))
                .sum();
    }

    private String placeholder(String kind, String secret) {
        return placeholders.computeIfAbsent(secret, _ -> "<" + kind + "-" + (placeholders.size() + 1) + ">");
    }
}
