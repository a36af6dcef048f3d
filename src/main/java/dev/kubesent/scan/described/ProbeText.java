package dev.kubesent.scan.described;

import com.google.re2j.Pattern;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A probe in one line, as kubectl's DescribeProbe prints it: {@code http-get http://:8080/ready delay=5s timeout=1s period=5s #success=1 #failure=3}. */
final class ProbeText {

    private static final Pattern FORM = Pattern.compile(
            "^(http-get|tcp-socket|exec|grpc) (.*?) ?delay=([0-9]{1,9})s timeout=([0-9]{1,9})s period=([0-9]{1,9})s"
                    + " #success=([0-9]{1,9}) #failure=([0-9]{1,9})");

    private static final Pattern URL = Pattern.compile("^(https?)://(\\[[^]]*]|[^:/]*):?([^/]*)(/.*)?$");

    private ProbeText() {}

    /** Empty where it is of no form that is known. */
    static Optional<Probe> read(String text) {
        var form = FORM.matcher(text);
        if (!form.find()) {
            return Optional.empty();
        }
        var probe = new ProbeBuilder()
                .withInitialDelaySeconds(Integer.parseInt(form.group(3)))
                .withTimeoutSeconds(Integer.parseInt(form.group(4)))
                .withPeriodSeconds(Integer.parseInt(form.group(5)))
                .withSuccessThreshold(Integer.parseInt(form.group(6)))
                .withFailureThreshold(Integer.parseInt(form.group(7)));
        var what = form.group(2).strip();
        return switch (form.group(1)) {
            case "http-get" -> http(what, probe);
            case "tcp-socket" ->
                Optional.of(probe.withNewTcpSocket()
                        .withPort(port(what.substring(what.lastIndexOf(':') + 1)))
                        .endTcpSocket()
                        .build());
            // Go prints a list of words without telling where one ends.
            case "exec" ->
                Optional.of(probe.withNewExec()
                        .withCommand(List.of(what.replaceFirst("^\\[", "")
                                .replaceFirst("]$", "")
                                .split(" ")))
                        .endExec()
                        .build());
            default -> Optional.of(probe.build());
        };
    }

    private static Optional<Probe> http(String what, ProbeBuilder probe) {
        var url = URL.matcher(what);
        if (!url.matches()) {
            return Optional.empty();
        }
        var host = url.group(2);
        return Optional.of(probe.withNewHttpGet()
                .withScheme(url.group(1).toUpperCase(Locale.ROOT))
                .withHost(host.isEmpty() ? null : host)
                .withPort(port(url.group(3)))
                .withPath(url.group(4) == null ? "/" : url.group(4))
                .endHttpGet()
                .build());
    }

    private static IntOrString port(String text) {
        return text.matches("[0-9]{1,5}") ? new IntOrString(Integer.parseInt(text)) : new IntOrString(text);
    }
}
