package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** Another process in the same network namespace has the port: another container of the pod, or with hostNetwork another pod. */
final class PortInUse implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "listen (tcp|udp)\\d? (\\S*):(?<port>\\d+): bind: address already in use",
            "EADDRINUSE:? .{0,80}?:{1,3}(?<port>\\d+)",
            "Port (?<port>\\d+) was already in use|Port (?<port2>\\d+) is (already )?in use",
            "\\bbind: Address already in use",
            "(?i)BindException: Address already in use|\\[Errno 98\\]|AddrInUse|Address already in use - bind\\(2\\)",
            "bind\\(\\) to \\S*:(?<port>\\d+) failed \\(98: (Address already in use|Unknown error)\\)",
            "Failed to bind to address http://\\S+:(?<port>\\d+): address already in use",
            "could not bind .{0,200}: Address already in use|Could not create server TCP listening socket"
                    + " \\S{0,253}:(?<port>\\d{1,5}): bind: Address already in use|Connection in use: \\('[^']{0,253}',"
                    + " (?<port2>\\d{1,5})\\)");

    private static final List<String> WORDS = List.of(
            "address already in use",
            "eaddrinuse",
            "port ",
            "in use",
            "bindexception",
            "[errno 98]",
            "addrinuse",
            "bind()",
            "failed to bind",
            "could not bind",
            "create server tcp");

    @Override
    public Cause cause() {
        return Cause.PORT_IN_USE;
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
        return "The port%s is taken.".formatted(sign.caught().port()) + sign.neighbourWithPort();
    }

    @Override
    public String advice() {
        return "Give one of them another port; containers of a pod share theirs, and with hostNetwork the node's.";
    }
}
