package dev.kubesent.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kubesent.testing.OwnCertificate;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** An API server whose certificate one of those signed whom every Java here trusts; the cluster names another, or it. */
@Isolated
class ClusterAuthorityTest {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    Path folder;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private OwnCertificate ofTheServer;
    private OwnCertificate other;
    private HttpsServer server;

    @BeforeEach
    void an_api_server_that_a_public_authority_speaks_for() throws Exception {
        ofTheServer = OwnCertificate.of("public", folder);
        other = OwnCertificate.of("other", folder);
        System.setProperty(STORE, ofTheServer.file().toString());
        System.setProperty(STORE_PASSWORD, OwnCertificate.PASSWORD);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ofTheServer.server()));
        server.createContext("/", exchange -> {
            authorizations.addAll(exchange.getRequestHeaders().get("authorization"));
            var body = "{\"major\":\"1\",\"minor\":\"35\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void the_public_authorities_are_the_jdks_again() {
        System.clearProperty(STORE);
        System.clearProperty(STORE_PASSWORD);
        server.stop(0);
    }

    @Test
    void the_authority_that_the_cluster_names_is_trusted_from_a_file_and_as_data() throws Exception {
        var pem = ofTheServer.pem();
        var file = Files.writeString(folder.resolve("ca.crt"), "# of two authorities\n" + other.pem() + pem);
        System.clearProperty(STORE);

        assertThat(asked(config().withCaCertFile(file.toString()))).isEqualTo("35");
        assertThat(asked(config().withCaCertData(base64(pem)))).isEqualTo("35");
        assertThat(asked(config().withCaCertData("").withCaCertFile(file.toString())))
                .as("as kubectl reads it")
                .isEqualTo("35");
        var andMore = pem + "-----BEGIN X509 CRL-----\nMA==\n-----END X509 CRL-----\n0 of it is ours\n";
        assertThat(asked(config().withCaCertData(base64(andMore)))).isEqualTo("35");
        assertThat(authorizations).hasSize(4).containsOnly("Bearer of-the-account");
    }

    @Test
    void a_public_authority_does_not_speak_for_an_api_server_where_the_cluster_names_its_own() throws Exception {
        var config = config().withCaCertData(base64(other.pem()));

        try (var client =
                new KubernetesClientBuilder().withConfig(config.build()).build()) {
            assertThat(client.getKubernetesVersion().getMinor())
                    .as("fabric8 alone trusts it")
                    .isEqualTo("35");
        }
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> asked(config))
                .havingCause()
                .withMessageContaining("unable to find valid certification path");
        assertThat(authorizations).as("ours was shown to nobody").hasSize(1);
    }

    /** fabric8 asks a kubeconfig's command for a token each time it builds a configuration of its own accord: twice, before there was this class. */
    @Test
    void the_command_that_gets_a_token_is_run_no_oftener_than_without_it() throws Exception {
        var ca = Files.writeString(folder.resolve("named.crt"), ofTheServer.pem());
        var runs = folder.resolve("runs");
        var command = Files.writeString(folder.resolve("token"), """
                #!/bin/sh
                echo run >>%s
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"of-the-command"}}'
                """.formatted(runs));
        assertThat(command.toFile().setExecutable(true)).isTrue();
        var kubeconfig = """
                apiVersion: v1
                kind: Config
                current-context: lab
                contexts: [{name: lab, context: {cluster: lab, user: lab}}]
                clusters: [{name: lab, cluster: {server: "https://127.0.0.1:%d", certificate-authority: %s}}]
                users: [{name: lab, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %s, interactiveMode: Never}}}]
                """.formatted(server.getAddress().getPort(), ca, command);
        System.setProperty(
                "kubeconfig",
                Files.writeString(folder.resolve("config"), kubeconfig).toString());
        try (var client = KubernetesConnection.fromEnvironment()) {
            assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("35");
        } finally {
            System.clearProperty("kubeconfig");
        }

        assertThat(authorizations).containsExactly("Bearer of-the-command");
        assertThat(runs).content().hasLineCount(2);
    }

    @Test
    void where_the_cluster_names_none_or_somebody_chose_otherwise_it_is_as_fabric8_has_it() throws Exception {
        assertThat(asked(config())).isEqualTo("35");
        assertThat(asked(config().withCaCertData(base64(other.pem()))
                        .withTrustStoreFile(ofTheServer.file().toString())
                        .withTrustStorePassphrase(OwnCertificate.PASSWORD)))
                .isEqualTo("35");
        assertThat(asked(config().withCaCertData(base64(other.pem())).withTrustCerts(true)))
                .isEqualTo("35");
    }

    @Test
    void an_authority_that_cannot_be_read_is_an_error_that_says_so_and_never_trust_in_everybody() {
        var unreadable = List.of(
                config().withCaCertData(base64("no certificate")),
                config().withCaCertData(base64(other.file().toString())),
                config().withCaCertFile(folder.resolve("gone").toString()));
        for (var config : unreadable) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> asked(config))
                    .withMessageContaining("the cluster's certificate authority cannot be read");
        }
        assertThat(authorizations).isEmpty();
    }

    private ConfigBuilder config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + server.getAddress().getPort())
                .withOauthToken("of-the-account");
    }

    private static String asked(ConfigBuilder config) {
        try (KubernetesClient client = KubernetesConnection.open(config.build())) {
            return client.getKubernetesVersion().getMinor();
        }
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
