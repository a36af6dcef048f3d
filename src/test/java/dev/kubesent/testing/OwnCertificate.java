package dev.kubesent.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's certificate for 127.0.0.1 that it signed itself, with its key. @param file a PKCS12 store of both */
public record OwnCertificate(Path file) {

    public static final String PASSWORD = "changeit";

    /** @param folder is to have the store, as {@code NAME.p12} */
    public static OwnCertificate of(String name, Path folder) throws IOException, InterruptedException {
        var file = folder.resolve(name + ".p12");
        var log = folder.resolve(name + ".log");
        var java = Path.of(System.getProperty("java.home"));
        var command = java.resolve("bin/keytool") + " -genkeypair -keyalg EC -ext san=ip:127.0.0.1 -dname CN=" + name
                + " -alias " + name + " -keystore " + file + " -storepass " + PASSWORD;
        var keytool = new ProcessBuilder(command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        return new OwnCertificate(file);
    }

    /** Of a server that shows it. */
    public SSLContext server() throws IOException, GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store(), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    public KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    public String pem() throws IOException, GeneralSecurityException {
        var store = store();
        var certificate = store.getCertificate(store.aliases().nextElement());
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
