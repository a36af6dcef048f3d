package dev.kubesent.redaction;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Set;

/** What stands where a secret would, and tells something instead: {@code fetch oauth token: 401 Unauthorized}. */
final class Facts {

    /** Of messages: what became of a secret, or the beginning of the next part of an error. */
    private static final Set<String> WORDS =
            Set.of(("true false null none nil undefined unset yes no ok on off n/a na empty unauthorized unauthorised"
                            + " forbidden denied refused rejected invalid expired missing required absent unknown incorrect wrong"
                            + " bad failed failure failing fail error errors err eof timeout not cannot can't could couldn't"
                            + " unable unexpected unsupported malformed disabled enabled revoked insufficient illegal exec rpc"
                            + " http https get post put dial tcp udp read write open lookup context deadline connection connect"
                            + " x509 tls ssl oauth oauth2 json parse parsing server client request response status code access"
                            + " permission found exists does doesn't did didn't has have had is isn't was wasn't are be been must"
                            + " should may might will would the a an this that these those it its for from to in of by with"
                            + " without and or but if as at when where while please check using use used set provided given"
                            + " available present mismatch authentication authorization authenticated login user username account"
                            + " key keys value values file path string type name retry retrying retried skipped skipping ignored"
                            + " ignoring loading loaded loads starting started stopped creating created deleted updated refreshed"
                            + " generated generating validation validated verification verified signature requests"
                            + " required-but-missing resource object field length cache cached fetching fetched getting got"
                            + " resolving resolved accepted valid success successful successfully configured unconfigured default"
                            + " optional initialized initializing renewed renewing rotated rotating pending secret secrets token"
                            + " tokens authenticating no-such not-found notfound redacted masked hidden removed filtered sensitive"
                            + " sanitized omitted already being because too only also still now after before until there any"
                            + " parameter unbound variable reading edit all some new old same other both internal external gateway"
                            + " bearer basic digest encountered expected prompt stat lstat openat mkdir chmod chown"
                            // OAuth's codes (RFC 6749 4.1.2.1 and 5.2, RFC 6750 3.1)
                            + " invalid_request invalid_client invalid_grant unauthorized_client"
                            + " unsupported_grant_type unsupported_response_type invalid_scope access_denied"
                            + " server_error temporarily_unavailable invalid_token insufficient_scope")
                    .split(" "));

    private static final Pattern MASKED = Pattern.compile(
            "<[a-z-]+-\\d+>|[*•x.]{3,}|[<\\[(](?i:redacted|masked|hidden|removed|filtered|set|unset|none|empty)[>\\])]");

    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\{[\\w.:-]*\\}|\\$\\([\\w.-]*\\)|\\$[A-Z_][A-Z0-9_]*|\\{\\{.*|%[a-z]|%\\([a-z_]+\\)s|<[a-z-]+>|<nil>|sha(?:256|512):.*");

    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z]:\\\\|\\.{0,2}/)[\\w.@+-]+(?:[/\\\\][\\w.@:+-]*)+");
    private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.-]+(?::\\d+)?(?:/[\\w./-]*)?:?");
    private static final Pattern CHALLENGE = Pattern.compile("(?i)(?:realm|error|scope|service|charset)=.*");

    /** {@code Incorrect credentials: username=app}: what follows has a name of its own. */
    private static final Pattern USER = Pattern.compile("(?i)(?:user|username|user_name|login|mechanism)=.*");

    /** What ends a value in a list of them: {@code password=<hidden>, name=x}. */
    private static final Pattern CLOSED = Pattern.compile("[,.:)]+$");

    /** {@code fetching secret: projects/12/secrets/cart/versions/latest}: words and numbers, never letters mixed with digits. */
    private static final Pattern WHERE =
            Pattern.compile("(?:[a-z]+(?:-[a-z]+)*|\\d{1,14})(?:/(?:[a-z]+(?:-[a-z]+)*|\\d{1,14}))+:?");

    private static final Pattern CODE = Pattern.compile("\\d{1,3}");

    /** Characters. */
    private static final int LONGEST = 200;

    private static final String MARKS = ",.;:!?)]}>\"'`";

    private Facts() {}

    /** Whether a placeholder stands in it already. */
    static boolean isMasked(String value) {
        return MASKED.matches(value);
    }

    /** @param value of something that is called a secret */
    static boolean isFact(String value) {
        if (value.length() > LONGEST) {
            return false;
        }
        var bare = trimmed(value);
        return bare.isEmpty()
                || isMasked(value)
                || isMasked(bare)
                || isMasked(CLOSED.matcher(value).replaceAll(""))
                || USER.matches(bare)
                || WORDS.contains(bare.toLowerCase(Locale.ROOT))
                || CODE.matches(bare)
                || REFERENCE.matches(value)
                || REFERENCE.matches(bare)
                || ADDRESS.matches(value)
                || CHALLENGE.matches(bare)
                || isPath(bare);
    }

    /** {@code credentials: exec: not found}: a word with a colon says where an error comes from. */
    static boolean leads(String value) {
        return value.length() > 1
                && value.length() < LONGEST
                && value.endsWith(":")
                && value.chars()
                        .limit(value.length() - 1L)
                        .allMatch(c -> Character.isLetter(c) || c == '-' || c == '_');
    }

    /** Whether it says where a secret lies. */
    static boolean isWhere(String value) {
        return value.length() < LONGEST && WHERE.matches(value);
    }

    private static boolean isPath(String value) {
        return PATH.matches(value) && !RandomWords.isInside(value);
    }

    private static String trimmed(String value) {
        int end = value.length();
        while (end > 0 && MARKS.indexOf(value.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = 0;
        while (start < end && "\"'`([{".indexOf(value.charAt(start)) >= 0) {
            start++;
        }
        return value.substring(start, end);
    }
}
