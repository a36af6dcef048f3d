package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.Optional;
import java.util.regex.Pattern;

/** The program listens, and speaks something else than the probe: gRPC or TLS against HTTP, or no gRPC health service. */
final class ProbeWrongProtocol implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)malformed HTTP (response|status code)|transport connection broken|HTTP response to HTTPS client|first record does not look like a TLS"
                    + "|does not implement the grpc health protocol|unknown service grpc\\.health|server gave HTTP/2|unexpected HTTP status code received from server");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return ProbeFacts.of(evidence)
                .filter(probe -> probe.says(TEXT))
                .map(
                        probe -> says(
                                Cause.PROBE_WRONG_PROTOCOL,
                                probe.confidence().agreeing(true).value(),
                                "The probe and the program do not speak the same protocol.",
                                probe.quotes(),
                                new Action.None(
                                        "Use scheme HTTPS, a grpc or a tcpSocket probe: whatever the program speaks on that port.")));
    }
}
