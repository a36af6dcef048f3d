package dev.kubesent.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Puts the JDK's public authorities where only those who trust them read them. Each process read all 144 from {@code cacerts} for its first TLS connection, also where it trusts the cluster's
 * authority alone: to know whether that is one of them ({@code sun.security.util.AnchorCertificates}). {@code jssecacerts} is JSSE's own name for a store that is taken instead
 * ("JSSE Reference Guide", TrustManagerFactory). Why no check is lost says docs/decisions/0143.
 */
final class PublicAuthorities {

    private static final String RULE = "SHA1 jdkCA & usage TLSServer";

    /** Not only where the authority is in {@code cacerts}, which is none any more. Go's TLS, and so kubectl, refuses SHA-1 as well. */
    private static final String STRICTER = "SHA1 usage TLSServer";

    /** JDK 25 has 144. */
    private static final int FEWEST = 100;

    private final Path runtime;

    /** @param runtime the folder that has bin/, conf/ and lib/ */
    PublicAuthorities(Path runtime) {
        this.runtime = runtime;
    }

    /** @throws IllegalStateException where this JDK's rules are others: then somebody has to look at them */
    void setAside() throws IOException {
        var security = runtime.resolve("lib/security");
        Files.move(security.resolve("cacerts"), security.resolve("jssecacerts"));
        var file = runtime.resolve("conf/security/java.security");
        var rules = Files.readString(file).replace(RULE, STRICTER);
        if (!rules.contains(STRICTER) || rules.lines().anyMatch(PublicAuthorities::asksForThem)) {
            throw new IllegalStateException(file + " has no '" + RULE + "', or more rules of that kind: look what "
                    + STRICTER + " is to replace");
        }
        Files.writeString(file, rules);
    }

    private static boolean asksForThem(String line) {
        return !line.startsWith("#") && line.toLowerCase(Locale.ROOT).contains("jdkca");
    }

    /** Asks the runtime itself. */
    void check() throws IOException, InterruptedException {
        var classes = PublicAuthorities.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        var asked = new ProcessBuilder(
                        runtime.resolve("bin/java").toString(), "-cp", classes, PublicAuthorities.class.getName())
                .inheritIO()
                .start();
        if (!asked.waitFor(60, TimeUnit.SECONDS) || asked.exitValue() != 0) {
            asked.destroyForcibly();
            throw new IllegalStateException("the runtime does not trust the public authorities any more");
        }
    }

    /** In the runtime. */
    public static void main(String... none) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        var trusted = Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .mapToInt(manager -> ((X509TrustManager) manager).getAcceptedIssuers().length)
                .sum();
        if (trusted < FEWEST) {
            throw new IllegalStateException("only " + trusted + " authorities are trusted");
        }
    }
}
