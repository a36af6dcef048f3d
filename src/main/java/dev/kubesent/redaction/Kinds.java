package dev.kubesent.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/** The forms that credentials have, beyond a name and a value ({@link Assignments}). RE2/J: no text can make one of them slow. */
final class Kinds {

    /** Letters in front of an address that are of no user: {@code mailto:ada@example.com}. */
    private static final Set<String> NO_USER = Set.of(
            "mailto",
            "mail",
            "email",
            "e-mail",
            "to",
            "from",
            "cc",
            "bcc",
            "user",
            "username",
            "owner",
            "contact",
            "reply-to",
            "maintainer",
            "author",
            "npm",
            "pkg",
            "login",
            "principal",
            "subject",
            "acct",
            "sip",
            "ssh",
            "git",
            "image");

    /** After the at sign of an image or a package. */
    private static final Pattern NO_HOST =
            Pattern.compile("(?:sha(?:256|512)|v?\\d+(?:\\.\\d+)*(?:[-+].*)?|[0-9a-f]{6,8})");

    /** Of a user and his group, as of {@code docker run}. */
    private static final Pattern IDS_OF_A_USER = Pattern.compile("\\d{1,6}:\\d{1,6}");

    private static final Pattern PORT = Pattern.compile("\\d{1,5}(?:[/?#].*)?");

    private static final String PASSWORD =
            "(?i)\\b(?:passwords?|passwd|passphrase|passcode|passwort|kennwort|mot de passe|contraseña)";

    /** Three digits, a sign or a length that a word which only says how somebody wants to log in has not. */
    private static final Pattern TOKEN = Pattern.compile(".*[0-9=+/~].*|.{18,}");

    static final List<Kind> ALL = List.of(
            new Kind(
                    "private-key",
                    "-----begin",
                    "(?i)-----BEGIN[a-z0-9 _-]*(?:PRIVATE KEY|CERTIFICATE)[a-z0-9 ]*-----(?s:.*?)(?:-----END[a-z0-9"
                            + " _]*-----|\\z)",
                    0),
            new Kind(
                    "private-key",
                    "putty-user-key-file",
                    "(?s)PuTTY-User-Key-File-\\d:.*?(?:Private-MAC:[^\\n]*|\\z)",
                    0),
            new Kind(
                    "jwt",
                    "eyj zxlk .ey",
                    "\\b(?:ey[A-Za-z0-9]{16,}\\.ey[\\w/\\\\.-]{16,}|eyJ[\\w-]{6,}\\.[\\w-]{6,}(?:\\.[\\w-]*)*|ZXlK[\\w+/=-]{16,})",
                    0),
            new Kind(
                    "credentials",
                    "bearer basic digest negotiate apikey token ntlm",
                    "(?i)\\b(?:bearer|basic|digest|negotiate|apikey|token|ntlm)\\s{1,8}([^\\s\"',;]{6,})",
                    1,
                    found -> TOKEN.matches(found.group(1))
                            && !Facts.isFact(found.group(1))
                            && !Facts.leads(found.group(1))),
            new Kind("password", "@", "//([^\\s:/@\"'<>]*):([^\\s\"'<>]+)@", 2, found -> !PORT.matches(found.group(2))),
            new Kind("userinfo", "@", "//([^\\s:/@\"'<>]{12,})@", 1),
            new Kind(
                    "password",
                    "@",
                    "(?:^|[\\s\"'=(,;\\[{<`])([A-Za-z_][\\w.+-]*):([^\\s\"'<>]+)@([A-Za-z\\d\\[(][\\w.-]*)",
                    2,
                    Kinds::isOfAUser),
            new Kind(
                    "password",
                    "oracle:thin sqlplus expdp impdp sqlldr rman",
                    "(?i)(?:oracle:thin:|\\b(?:sqlplus|expdp|impdp|sqlldr|rman)\\s+(?:-\\w+\\s+)*)[\"']?[\\w$#.-]+/([^\\s@]+)@",
                    1),
            new Kind(
                    "cloud-key",
                    "a3t akia asia agpa aroa aida abia acca apka asca",
                    "\\b(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AROA|AIDA|ABIA|ACCA|APKA|ASCA)[A-Z0-9]{12,}",
                    0),
            new Kind(
                    "cloud-key",
                    "aiza ya29. gocspx- 1//0",
                    "\\b(?:AIza[\\w-]{20,}|ya29\\.[\\w-]{10,}|GOCSPX-[\\w-]{10,}|1//0[\\w-]{20,})",
                    0),
            new Kind("cloud-key", "q~", "[\\w~.]{3}\\dQ~[\\w~.-]{20,}", 0),
            new Kind("token", Vendors.KEYWORDS, Vendors.PATTERN, 0),
            new Kind(
                    "webhook",
                    "hooks. webhook api.telegram.org",
                    "(?i)(?:https://)?hooks\\.[\\w.-]+/\\S+|https://(?:[\\w.-]*webhook[\\w.-]*/|[\\w.-]+/(?:api/)?webhooks?/)\\S+"
                            + "|api\\.telegram\\.org/bot\\S+",
                    0),
            new Kind(
                    "secret", "</", "<([\\w:.-]+)(?:\\s[^<>]*)?>([^<]+)</", 2, found -> Names.isSecret(found.group(1))),
            new Kind(
                    "secret",
                    "value",
                    "(?i)\\b(?:name|key)\\\\*[\"']?\\s{0,4}[:=]\\s{0,4}\\\\*[\"']?([\\w.-]{1,80})\\\\*[\"']?\\s{0,4},?\\s{0,4}\\\\*[\"']?"
                            + "value\\\\*[\"']?\\s{0,4}[:=]\\s{0,4}\\\\*[\"']?([^\\s\"'\\\\]+)",
                    2,
                    found -> Names.isSecretVariable(found.group(1))),
            new Kind(
                    "secret",
                    "pass kennwort contrase mot",
                    PASSWORD + "\\s{1,8}(?:(?:is|was|of|ist|lautet|est|es)\\s{1,8})?[\"'`]([^\"'`\\n]+)[\"'`]",
                    1,
                    found -> !Facts.isFact(found.group(1))),
            new Kind(
                    "secret",
                    "pass kennwort contrase mot secret token key pin",
                    "(?i)(?:" + PASSWORD
                            + "|\\b(?:secret|token|api key|pin))\\s{1,8}(?:is|was|ist|lautet|est|es)\\s{0,4}:?\\s{1,8}"
                            + "[\"'`]?([^\\s\"'`]+)",
                    1,
                    found -> !Facts.isFact(found.group(1))),
            // What hexadecimal digits are of says whether they are secret.
            new Kind(
                    "random",
                    "key nonce token secret passw auth heroku session sid credential",
                    "(?i)\\b(?:[\\w-]*key|nonce|[\\w-]*token|[\\w-]*secret|passw\\w*|auth\\w*|heroku|session|sid|credentials?)"
                            + "[\\s\"':=(\\[]{1,4}([0-9a-f]{20,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\b",
                    1),
            new Kind(
                    "secret",
                    "user -u proxy-user",
                    "(?:^|[\\s\"'])(?:-u|--user|--proxy-user|--userpwd|-U)[\\s=]{0,4}[\"']?([^\\s:\"'%/]+)[\"']?[:%]([^\\s\"']+)",
                    2,
                    found -> !found.group(2).startsWith("//")
                            && !IDS_OF_A_USER.matches(found.group(1) + ":" + found.group(2))),
            new Kind("secret", "-u user", "(?:^|\\s)(?:-u|--user)[\\s=]{0,4}[\"']?([^\\s:\"'/]+):(?:[\"'\\s]|$)", 1),
            client("mysql mariadb mongo sshpass cqlsh rabbitmqadmin influx login", "p"),
            client("sqlcmd bcp isql mosquitto_pub mosquitto_sub", "P"),
            client("redis-cli valkey-cli keydb-cli", "a"),
            client("ldapsearch ldapadd ldapmodify ldappasswd ldapwhoami smbclient", "w"),
            new Kind("secret", "htpasswd", "\\bhtpasswd\\s+(?:-\\w+\\s+)*\\S+\\s+\\S+\\s+(\\S+)", 1),
            new Kind("secret", "-pass", "(?i)-pass(?:in|out)?\\s+pass:(\\S+)", 1),
            new Kind("secret", "machine", "(?i)\\bmachine\\s+\\S+\\s+login\\s+\\S+\\s+password\\s+(\\S+)", 1),
            new Kind("secret", "login", "(?i)\\blogin\\s+\\S+\\s+password\\s+(\\S+)", 1),
            new Kind(
                    "secret",
                    ":",
                    "(?:^|[\\s\"'=])(?:\\*|localhost|[\\w-]*[g-zG-Z.][\\w.-]*|\\d{1,3}(?:\\.\\d{1,3}){3}):(?:\\d{3,5}|\\*):"
                            + "(?:\\*|[A-Za-z_][\\w-]*):[A-Za-z_][\\w.-]*:([^\\s\"']+)",
                    1),
            new Kind(
                    "secret",
                    "identified requirepass auth masterauth",
                    "(?:(?i:\\bidentified by|\\brequirepass|\\bmasterauth)|\\bAUTH)\\s{1,8}[\"']?([^\\s\"';]{3,})",
                    1,
                    found -> !Facts.isFact(found.group(1)) && !Facts.leads(found.group(1))));

    /** Of people and machines. */
    static final List<Kind> ADDRESSES = List.of(
            new Kind("email", "@", "[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w", 0),
            new Kind("ip", ". ip-", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b|\\bip(?:-\\d{1,3}){4}\\b", 0),
            // Eight groups or a double colon: 12:34:56 is a time.
            new Kind(
                    "ip",
                    ":",
                    "(?i)(?:^|[^0-9a-z])((?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}"
                            + "|(?:[0-9a-f]{1,4}:){2,7}:|::(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})(?:[^\\w:]|$)",
                    1));

    /** Ids: a person looks things up by them, and nobody outside needs them. */
    static final List<Kind> IDS = List.of(new Kind(
            "random",
            "0 1 2 3 4 5 6 7 8 9 a b c d e f",
            "\\b(?:[0-9a-fA-F]{20,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\b",
            0));

    private Kinds() {}

    /** A client whose flag of one letter is a password. */
    private static Kind client(String names, String flag) {
        return new Kind(
                "secret",
                names,
                "\\b(?:" + names.replace(' ', '|') + ")[\\w-]*(?:\\s{1,4}\\S+){0,12}?\\s{1,4}-" + flag
                        + "(?:\\s{0,4}|=)[\"']?([^\\s\"']+)",
                1,
                found -> !found.group(1).startsWith("-") && !Facts.isFact(found.group(1)));
    }

    private static boolean isOfAUser(Matcher found) {
        var password = found.group(2);
        return !NO_USER.contains(found.group(1).toLowerCase(java.util.Locale.ROOT))
                && !password.startsWith("/")
                && !NO_HOST.matches(found.group(3));
    }
}
