package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** TLS with a dependency: a certificate that is expired, of another name, or signed by nobody the program trusts. */
final class DependencyUntrusted implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "x509: certificate (has expired|signed by unknown authority|is valid for|is not trusted|relies on legacy)",
            "(?i)PKIX path (building|validation) failed|CertificateExpiredException|No subject alternative (names|DNS"
                    + " name)",
            "CERT_HAS_EXPIRED|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|ERR_TLS_CERT_ALTNAME_INVALID",
            "CERTIFICATE_VERIFY_FAILED|certificate verify failed|SSL certificate problem",
            "(?i)The remote certificate is invalid|RemoteCertificate(NameMismatch|ChainErrors)",
            "(?i)(?<!no )server certificate .{0,200} (expired|not trusted)|root certificate file \"[^\"]{1,300}\" does"
                    + " not exist");

    private static final List<String> WORDS = List.of(
            "x509",
            "pkix",
            "certificate",
            "cert_",
            "sslhandshake",
            "subject alternative",
            "self_signed",
            "verify_leaf",
            "unable_to_get",
            "altname");

    @Override
    public Cause cause() {
        return Cause.DEPENDENCY_UNTRUSTED;
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
        return "The program does not trust the certificate of what it connects to.";
    }

    @Override
    public String advice() {
        return "See which it is: expired, of another name, or of a CA that the image does not have; mount the CA.";
    }
}
