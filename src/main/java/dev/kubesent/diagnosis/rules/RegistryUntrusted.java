package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Pattern;

/** TLS: the node does not trust the registry, or they do not speak the same. The way to the registry is there. */
final class RegistryUntrusted implements PullRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)x509: |tls: (failed to verify|handshake failure|bad certificate|unknown certificate|first record does not look)"
                    + "|server gave HTTP response to HTTPS client|certificate (has expired|signed by unknown)");

    @Override
    public Cause cause() {
        return Cause.REGISTRY_UNTRUSTED;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain() {
        return "The node and the registry do not come to terms about TLS: its certificate, its name, or HTTP in place of HTTPS.";
    }

    @Override
    public String advice() {
        return "Give the node's runtime the registry's CA, or renew the certificate; for a registry without TLS, say so in the runtime's configuration.";
    }
}
