package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** Nothing listens where the program connects to: the host is there, and says no. */
final class DependencyRefuses implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "dial tcp (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5}): (connect: )?connection refused",
            "ECONNREFUSED,? (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5})",
            "could not connect to server: Connection refused",
            "can't connect to remote host \\((?<host>[\\w.:-]+)\\): Connection refused",
            "(?i)Failed to connect to (?<host>[\\w.-]+)(:\\d+)? port (?<port>\\d+)( after \\d+ ms)?: (Connection"
                    + " refused|Could ?n[o']t connect)",
            "(?i)Connection to (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5}) refused",
            "(?i)connect to (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5})( \\[[^]]{0,200}])?( failed)?:?"
                    + " ?(\\(?(111: )?)?Connection refused",
            "connection to server at \"(?<host>[^\"]{1,253})\"[^,]{0,100}, port (?<port>\\d{1,5}) failed: Connection"
                    + " refused",
            "(?i)connect\\(\\) failed \\(111: Connection refused\\).{0,1000}upstream:"
                    + " \"\\w{1,20}://(?<host>[^:/\"]{1,253}):(?<port>\\d{1,5})",
            "Connection refused \\((?<host>[\\w.-]+):(?<port>\\d+)\\)",
            "Can't connect to MySQL server on '(?<host>[^':]+)(:(?<port>\\d+))?' \\((111|10061|2003)",
            "Could not connect to Redis at (?<host>[\\w.-]+|\\[[0-9a-fA-F:]+])?:(?<port>\\d{1,5}): Connection refused",
            "HTTPConnectionPool\\(host='(?<host>[^']{1,253})', port=(?<port>\\d{1,5})\\).{0,500}Connection refused",
            "Connection to node -?\\d+ \\((?<host>[\\w.-]+)/[\\d.]+:(?<port>\\d+)\\) could not be established",
            "(?i)\\[Errno 111] (Connect call failed \\(\'(?<host>[^\']+)\', (?<port>\\d+)\\)|Connection refused)",
            "SQLSTATE\\[HY000] \\[2002] Connection refused",
            "(?i)(java\\.net\\.)?ConnectException: Connection refused",
            "(Connection refused - connect\\(2\\) for|Errno::ECONNREFUSED)( \"?(?<host>[\\w.-]+)\"? port"
                    + " (?<port>\\d+))?",
            "SocketException \\(111\\): Connection refused( \\((?<host>[\\w.-]+):(?<port>\\d+)\\))?|Os \\{ code: 111,"
                    + " kind: ConnectionRefused");

    private static final List<String> WORDS =
            List.of("refused", "can't connect", "could not connect", "couldn't connect", "could not be established");

    @Override
    public Cause cause() {
        return Cause.DEPENDENCY_REFUSES;
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
        return "A connection%s is refused: nothing listens there."
                        .formatted(sign.caught().to())
                + sign.service();
    }

    @Override
    public String advice() {
        return "See whether that service is up, and whether host and port are right; this workload needs no change for"
                + " it.";
    }
}
