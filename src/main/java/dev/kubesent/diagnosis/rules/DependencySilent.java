package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** No answer: packets are dropped on the way (a NetworkPolicy, a firewall), or the other side hangs. */
final class DependencySilent implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "dial tcp (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5}): (i/o timeout|connect: connection timed"
                    + " out)",
            "(ETIMEDOUT|ESOCKETTIMEDOUT|ConnectTimeoutError)( (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5}))?",
            "(?i)(java\\.net\\.)?SocketTimeoutException: (connect timed out|Connect timed out|Read timed out)",
            "connection to server at \"(?<host>[^\"]{1,253})\"[^,]{0,100}, port (?<port>\\d{1,5}) failed: (timeout"
                    + " expired|Connection timed out)",
            "(?i)connect(ion)? to '?(?<host>[\\w.-]+):(?<port>\\d+)'? timed out",
            "(?i)no route to host|network is unreachable|EHOSTUNREACH",
            "(?i)upstream timed out \\(110: Connection timed out\\)|context deadline exceeded|Timeout expired\\. +The"
                    + " timeout period elapsed",
            "(?i)MongoServerSelectionError|(Server selection )?timed out after \\d+ ms|Connection is not available,"
                    + " request timed out|Timed out after \\d+ ms while waiting (for a server|to"
                    + " connect)|TimeoutException: Timed out waiting for a node assignment");

    private static final List<String> WORDS = List.of(
            "timeout",
            "timed out",
            "etimedout",
            "esockettimedout",
            "no route to host",
            "network is unreachable",
            "ehostunreach",
            "deadline exceeded",
            "serverselection");

    @Override
    public Cause cause() {
        return Cause.DEPENDENCY_SILENT;
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
        return "What the program needs%s does not answer in time."
                        .formatted(sign.caught().to())
                + sign.service();
    }

    @Override
    public String advice() {
        return "Look for a NetworkPolicy or firewall on the way, and whether the other side is overloaded.";
    }
}
