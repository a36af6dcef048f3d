package dev.kubesent.diagnosis.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The forms that credentials have. Every repetition has a bound: the text comes from whoever can write a log, and must not be
 * able to keep a processor busy.
 */
final class Secrets {

    /** @param group of the pattern that is the secret; 0 for all of it */
    record Kind(String name, Pattern pattern, int group) {

        Kind(String name, String pattern, int group) {
            this(name, Pattern.compile(pattern), group);
        }
    }

    /** Parts of a name; the short ones stand alone, or "mapping" and "author" would be credentials. */
    private static final String NAMES =
            "passw(?:or)?d|passphrase|passcode|passwd|pwd|pass(?![a-z])|pw(?![a-z])|secret|token|api[_-]?key|access[_-]?key"
                    + "|private[_-]?key|signing[_-]?key|encryption[_-]?key|account[_-]?key|shared[_-]?key|master[_-]?key"
                    + "|license[_-]?key|credential|(?<![a-z])(?:auth|cookie|session[_-]?(?:id|key)?|sid|sig|dsn|salt|pin)(?![a-z])";

    /** A quote of JSON, of JSON in JSON, or none. */
    private static final String QUOTE = "\\\\{0,3}[\"']?";

    private static final String VALUE = "(\\\\{1,3}\"[^\"\\\\]{1,512}|\"(?:[^\"\\\\\\n]|\\\\.){1,512}+\"?"
            + "|'(?:[^'\\\\\\n]|\\\\.|''){1,512}+'?|[^\\s\"'`;&}\\]]{1,512}+)";

    /** The name of a variable, header or field whose value is a credential. */
    static final Pattern NAME = Pattern.compile("(?i)" + NAMES + "|authorization|keys?$|conn(?:ection)?[_-]?str");

    /** The more special first: what one has taken out, the next does not see. */
    static final List<Kind> ALL = List.of(
            new Kind(
                    "private-key",
                    "-----BEGIN [A-Z0-9 ]{0,32}(?:PRIVATE KEY|CERTIFICATE)[A-Z0-9 ]{0,32}-----[\\s\\S]*?(?:-----END [A-Z0-9 ]{1,64}-----|$)",
                    0),
            new Kind("jwt", "\\beyJ[\\w-]{6,1024}+\\.[\\w-]{6,4096}+(?:\\.[\\w-]{0,1024}+)?", 0),
            new Kind("cookie", "(?i)\\bcookie" + QUOTE + "\\s{0,4}[:=]\\s{0,4}" + QUOTE + "([^\\n\"]{3,2000}+)", 1),
            new Kind(
                    "credentials",
                    "(?i)\\bauthorization" + QUOTE + "\\s{0,4}[:=]\\s{0,4}" + QUOTE
                            + "(?:(?:bearer|basic|digest|negotiate|apikey|token)\\s{1,4})?([^\\s\"',;]{3,4096}+)",
                    1),
            // A word that only says how somebody wants to log in has neither digits nor signs.
            new Kind(
                    "credentials",
                    "(?i)\\b(?:bearer|basic|digest|negotiate|apikey|token)\\s{1,8}(?=[^\\s\"',;]{0,64}[0-9=+/~]|[^\\s\"',;]{18})([^\\s\"',;]{6,4096}+)",
                    1),
            new Kind("password", "\\w[\\w+.-]{0,32}://[^\\s:/@\"']{0,256}:([^\\s/\"']{1,512})@", 1),
            new Kind("userinfo", "\\w[\\w+.-]{0,32}://([^\\s:/@\"']{12,512})@", 1),
            new Kind("cloud-key", "\\b(?:AKIA|ASIA|AGPA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,64}", 0),
            new Kind("cloud-key", "\\bAIza[\\w-]{20,64}|\\bya29\\.[\\w-]{10,512}|\\bGOCSPX-[\\w-]{10,64}", 0),
            new Kind(
                    "token",
                    "\\b(?:gh[pousr]_\\w{16,256}|github_pat_\\w{16,256}|glpat-[\\w-]{10,256}|xox[abeoprs]-[\\w-]{8,256}"
                            + "|npm_\\w{16,256}|pypi-[\\w-]{16,256}|dop_v1_\\w{16,256}|hv[sb]\\.[\\w-]{16,256}|sk-[\\w-]{16,256}"
                            + "|[rsp]k_(?:live|test)_\\w{10,256}|whsec_\\w{10,256}|SG\\.[\\w-]{10,64}\\.[\\w-]{10,64}"
                            + "|shp(?:at|ca|pa|ss)_\\w{16,64}|EAA\\w{20,512}|AC[0-9a-f]{32})",
                    0),
            new Kind(
                    "webhook",
                    "(?i)https://hooks\\.[\\w.-]{1,128}/\\S{1,1024}|https://[\\w.-]{0,128}webhook[\\w.-]{0,128}/\\S{1,1024}",
                    0),
            new Kind("secret", "(?i)<[\\w:.-]{0,40}(?:" + NAMES + ")[\\w:.-]{0,40}>([^<]{1,512}+)</", 1),
            new Kind(
                    "secret",
                    "(?i)\\bname" + QUOTE + "\\s{0,4}[:=]\\s{0,4}" + QUOTE + "[\\w.-]{0,40}(?:" + NAMES
                            + ")[\\w.-]{0,40}" + QUOTE + "\\s{0,4},?\\s{0,4}" + QUOTE + "value" + QUOTE
                            + "\\s{0,4}[:=]\\s{0,4}" + VALUE,
                    1),
            new Kind(
                    "secret",
                    "(?i)(?:" + NAMES + ")[\\w.-]{0,40}" + QUOTE + "(?:\\s{0,8}(?:=>|:=|[=:]|%3D)\\s{0,8}|\\[)" + VALUE,
                    1),
            new Kind("secret", "(?i)--?[\\w-]{0,40}(?:" + NAMES + ")[\\w-]{0,40}\\s{1,8}([^\\s\"',;&]{3,512}+)", 1),
            new Kind(
                    "secret",
                    "(?i)\\b(?:password|passwd|passphrase|secret|token)\\s{1,8}(?:is|was|of)?\\s{0,8}[\"'`]([^\"'`\\n]{1,512}+)[\"'`]",
                    1),
            new Kind(
                    "secret", "(?:^|\\s)(?:-u|--user|--proxy-user)[\\s=]{1,4}[^\\s:\"']{1,256}:([^\\s\"']{1,512}+)", 1),
            new Kind(
                    "secret",
                    "\\b(?:mysql|mariadb|sshpass)\\w{0,16}(?:\\s{1,4}-(?!p)\\S{1,64}|\\s{1,4}[^-\\s]\\S{0,64}){0,6}\\s{1,4}-p\\s{0,4}([^\\s\"']{1,512}+)",
                    1),
            new Kind("secret", "\\bredis-cli(?:\\s{1,4}[^\\s]{1,64}){0,6}?\\s{1,4}-a\\s{1,4}([^\\s\"']{1,512}+)", 1),
            new Kind(
                    "secret",
                    "(?i)\\b(?:IDENTIFIED BY|requirepass|AUTH|masterauth)\\s{1,8}[\"']?([^\\s\"';]{3,512}+)",
                    1));

    static final List<Kind> ADDRESSES = List.of(
            new Kind("email", "[\\w.+-]{1,64}@[\\w-]{1,64}\\.[\\w.-]{0,190}\\w", 0),
            new Kind("ip", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b|\\bip(?:-\\d{1,3}){4}\\b", 0),
            // Eight groups or a double colon: 12:34:56 is a time.
            new Kind(
                    "ip",
                    "(?i)(?<![0-9a-z])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}"
                            + "|(?:[0-9a-f]{1,4}:){2,7}:|::(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})(?![\\w:])",
                    0));

    private Secrets() {}
}
