package dev.kubesent.cluster.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Trusts the authority that the cluster names for its API server, and no other, as kubectl does. fabric8 adds it to all public ones of the JDK: any of them could speak for the API server
 * (docs/decisions/0141-the-clusters-own-authority.md).
 */
final class ClusterAuthority extends JdkHttpClientFactory {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    /** @throws KubernetesClientException where the authority cannot be read */
    @Override
    public HttpClient.Builder newBuilder(Config config) {
        if (!isNamedBy(config)) {
            return super.newBuilder(config);
        }
        try {
            return builder(config);
        } catch (IOException | GeneralSecurityException e) {
            throw new KubernetesClientException("the cluster's certificate authority cannot be read: " + e, e);
        }
    }

    /** Not where somebody chose a trust store, or none. */
    private static boolean isNamedBy(Config config) {
        return !config.isTrustCerts()
                && Utils.isNullOrEmpty(config.getTrustStoreFile())
                && (Utils.isNotNullOrEmpty(config.getCaCertData()) || Utils.isNotNullOrEmpty(config.getCaCertFile()));
    }

    /**
     * All that fabric8 sets, then what depends on trust anew. It reads the public authorities unless it is told to trust everybody, so a copy tells it that. Nothing of the copy is left: its SSL
     * context, its interceptors (they renew tokens) and its tag are all replaced.
     */
    private HttpClient.Builder builder(Config config) throws IOException, GeneralSecurityException {
        var trusted = trustManagers(config);
        HttpClient.Builder builder = newBuilder();
        var copy = new ConfigBuilder(config)
                .withAutoConfigure(false) // it would run the command that gets a token once more
                .withTrustCerts(true)
                .build();
        HttpClientUtils.applyCommonConfiguration(copy, builder, this);
        builder.sslContext(SSLUtils.keyManagers(config), trusted);
        HttpClientUtils.createApplicableInterceptors(config, this).forEach(builder::addOrReplaceInterceptor);
        builder.tag(config.getRequestConfig());
        return builder;
    }

    private static TrustManager[] trustManagers(Config config) throws IOException, GeneralSecurityException {
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        var pem = pem(config);
        var factory = CertificateFactory.getInstance("X.509");
        var bytes = pem.getBytes(StandardCharsets.US_ASCII);
        for (int at = pem.indexOf(BEGIN); at >= 0; at = pem.indexOf(BEGIN, at + 1)) {
            var block = new ByteArrayInputStream(bytes, at, bytes.length - at);
            authorities.setCertificateEntry(Integer.toString(at), factory.generateCertificate(block));
        }
        if (authorities.size() == 0) {
            throw new CertificateException("there is none in it");
        }
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        return trusted.getTrustManagers();
    }

    /** As Go reads it: what is no certificate is passed over. The data counts before the file, where there is any. */
    private static String pem(Config config) throws IOException {
        var data = Utils.isNullOrEmpty(config.getCaCertData()) ? null : config.getCaCertData();
        try (var pem = CertUtils.getInputStreamFromDataOrFile(data, config.getCaCertFile())) {
            return new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
