package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The other side is there, and does not let the program in. */
final class CredentialsRefused implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "password authentication failed for user \"?(?<user>[^\"\\s]+)",
            "Access denied for user '(?<user>[^']*)'@",
            "WRONGPASS|NOAUTH Authentication required|invalid username-password pair",
            "(?i)SASL authentication failed|SaslAuthenticationException|Authentication failed: Invalid username or"
                    + " password",
            "MongoServerError: Authentication failed|AuthenticationFailed|code: 18, .{0,200}Authentication failed",
            "Login failed for user '(?<user>[^']*)'",
            "(?i)ACCESS_REFUSED - Login was refused|535[ -].{0,200}Authentication (credentials|unsuccessful|failed)",
            "(?i)no pg_hba\\.conf entry for host|role \"(?<user>[^\"]+)\" does not"
                    + " exist|InvalidAccessKeyId|SignatureDoesNotMatch|invalid_client|invalid_grant",
            "(?i)(GET|POST|PUT|HEAD) \"?https?://.{1,200}?\\b401 Unauthorized|(fetch\\w{0,20}|got|returned|received)"
                    + " .{0,100}?\\b401( Unauthorized)?$|unexpected status( code)?:? 401");

    private static final List<String> WORDS = List.of(
            "password",
            "access denied",
            "wrongpass",
            "noauth",
            "authentication",
            "login",
            "access_refused",
            "pg_hba",
            "role",
            "invalidaccesskey",
            "signaturedoesnotmatch",
            "invalid_client",
            "invalid_grant",
            "401");

    @Override
    public Cause cause() {
        return Cause.CREDENTIALS_REFUSED;
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
        return "The credentials%s are refused by what the program connects to."
                .formatted(sign.caught().user());
    }

    @Override
    public String advice() {
        return "Compare the Secret with what the other side expects; after a change, the pod has to start anew.";
    }
}
