package dev.kubesent.redaction;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.Set;

/**
 * Which values of variables are shown: numbers, amounts, durations, booleans, hosts, addresses, paths, and words of a list. A
 * password can be anything, so that everything else is not shown.
 */
final class Plain {

    /** Characters of a value that is shown at all. */
    private static final int LONGEST = 400;

    /** What programs are told in one word; docs/what-leaves-the-cluster.md names the kinds. */
    private static final Set<String> WORDS =
            Set.of(("true false yes no on off enabled disabled none null default auto always never production prod"
                            + " staging stage development dev test testing qa local release preview sandbox trace debug info"
                            + " notice warn warning error fatal critical quiet silent verbose json text plain logfmt yaml xml"
                            + " console stdout stderr file http https tcp udp grpc tls ssl plaintext utf-8 utf8 c posix utc gmt"
                            + " postgres postgresql mysql mariadb sqlite redis mongodb kafka rabbitmq memory disk kubernetes"
                            + " docker linux amd64 arm64 java node python ruby go primary replica leader follower master worker"
                            + " web")
                    .split(" "));

    private static final String HOST =
            "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\\.[a-z]{2,}\\.?";
    private static final String IP = "\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:]+\\]|::1?";
    private static final String PORT = "(?::\\d{1,5})?";
    private static final String SEGMENT = "(?:[A-Za-z]+(?:[._-][A-Za-z]+)*\\d{0,2}|v?\\d{1,5}(?:\\.\\d{1,5})*)";

    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?\\d{1,12}(?:\\.\\d{1,6})?(?:%|[kKmMgGtT]i?[bB]?|[bB]|ns|us|ms|s|m|h|d)?|(?:\\d{1,6}(?:h|m|s|ms)){2,4}|PT?(?:\\d+[DHMS])+"
                    + "|v?\\d{1,5}(?:\\.\\d{1,5}){1,3}");

    private static final Pattern ADDRESS = Pattern.compile("(?:" + HOST + "|localhost|" + IP + ")" + PORT);

    private static final Pattern URL =
            Pattern.compile("(?:[a-z][a-z0-9+.-]{1,20}:)+//(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|" + HOST + "|" + IP + ")"
                    + PORT + "(?:/" + SEGMENT + ")*/?");

    private static final Pattern PATH = Pattern.compile("(?:\\.{0,2}|~)(?:/" + SEGMENT + "|/\\." + SEGMENT + ")+/?|/");
    private static final Pattern PORT_ONLY = Pattern.compile(":\\d{1,5}");
    private static final Pattern ZONE =
            Pattern.compile("(?:Africa|America|Asia|Atlantic|Australia|Europe|Etc|Indian|Pacific)/[A-Za-z_]{2,20}");
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2}_[A-Z]{2}(?:\\.(?i:utf-?8))?|C\\.(?i:utf-?8)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\([A-Za-z_][\\w.-]*\\)");

    /** What says how much memory a runtime takes. */
    private static final Pattern FLAG = Pattern.compile(
            "-X(?:m[nsx]|ss)\\d+[kKmMgG]?|-XX:(?:[+-]\\w+|\\w+=\\d+(?:\\.\\d+)?[kKmMgG%]?)|--?[a-z][a-z-]*(?:=\\d{1,9}|=true|=false)");

    private static final Set<String> OF_HOSTS = Set.of(
            "host hosts hostname server servers addr address endpoint broker brokers service namespace".split(" "));

    private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?" + PORT);

    private Plain() {}

    /** @param name of the variable, which is none of a secret */
    static boolean isShown(String name, String value) {
        if (value.length() > LONGEST) {
            return false;
        }
        var parts = value.strip().split("[,;\\s]+");
        return Arrays.stream(parts).allMatch(part -> isPlain(part) || isHost(name, part))
                && Secrets.in(value).spans().isEmpty();
    }

    private static boolean isPlain(String part) {
        return WORDS.contains(part.toLowerCase(java.util.Locale.ROOT))
                || NUMBER.matches(part)
                || ADDRESS.matches(part)
                || PORT_ONLY.matches(part)
                || URL.matches(part)
                || PATH.matches(part)
                || ZONE.matches(part)
                || LOCALE.matches(part)
                || REFERENCE.matches(part)
                || FLAG.matches(part);
    }

    /** A single word is a host only where the name says so. */
    private static boolean isHost(String name, String part) {
        var words = Names.words(name);
        return !words.isEmpty() && OF_HOSTS.contains(words.getLast()) && LABEL.matches(part);
    }
}
