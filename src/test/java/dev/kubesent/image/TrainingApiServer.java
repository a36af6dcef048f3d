package dev.kubesent.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Keeps objects by path and gives them back, as a real API server speaks: HTTP/2 over TLS, with a certificate of the cluster's own authority. What the
 * client loads for that has to be in the cache as well. Enough for the stages to be loaded and run. It proves nothing; the tests have a real one.
 */
final class TrainingApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "training";

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Path folder = Files.createTempDirectory("training");
    private final Tomcat server = new Tomcat();
    private final Path keytool;

    /** @param keytool makes the certificates */
    TrainingApiServer(Path keytool) throws Exception {
        this.keytool = keytool;
        server.setBaseDir(folder.toString());
        server.setConnector(connector(keys()));
        var context = server.addContext("", folder.toString());
        Tomcat.addServlet(context, "api", new Api());
        context.addServletMappingDecoded("/*", "api");
        server.start();
        put("/version", "{\"major\":\"1\",\"minor\":\"35\"}");
        for (var document :
                Files.readString(Path.of("events/cluster/cluster.yaml")).split("(?m)^---$")) {
            load(KubernetesJson.parse(document, GenericKubernetesResource.class));
        }
        for (var name : List.of(
                "01-bare-pod-oom", "02-deployment-oom", "03-missing-image", "05-crash-with-log", "06-liveness-kill")) {
            var pod = Files.readString(Path.of("events", name + ".http")).split("\n\n", 2)[1];
            put(
                    "/api/v1/namespaces/demo/pods/"
                            + JSON.readTree(pod).at("/metadata/name").asText(),
                    pod);
        }
    }

    /** As the embedded cluster has them. */
    private void load(GenericKubernetesResource object) throws IOException {
        var meta = object.getMetadata();
        var group = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
        var in = meta.getNamespace() == null ? "" : "/namespaces/" + meta.getNamespace();
        var plural = object.getKind().toLowerCase(Locale.ROOT) + "s";
        put(group + object.getApiVersion() + in + "/" + plural + "/" + meta.getName(), KubernetesJson.json(object));
    }

    /** Of a ServiceAccount. */
    Path token() throws IOException {
        return Files.writeString(folder.resolve("token"), "training");
    }

    /**
     * fabric8's settings for what a pod has in files at places that only a pod has. A kubeconfig is not even looked for: to read one, fabric8 loads a thousand
     * classes of kinds, and each start would link them.
     */
    Map<String, String> account() throws IOException {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(server.getConnector().getLocalPort()),
                "KUBERNETES_AUTH_TRYKUBECONFIG",
                "false",
                "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
                token().toString(),
                "KUBERNETES_CERTS_CA_FILE",
                folder.resolve("ca.crt").toString(),
                "KUBESENT_NAMESPACE",
                "kubesent");
    }

    @Override
    public void close() throws LifecycleException {
        server.stop();
        server.destroy();
    }

    private static Connector connector(Path keys) {
        var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        var tls = new SSLHostConfig();
        var certificate = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.RSA);
        certificate.setCertificateKeystoreFile(keys.toString());
        certificate.setCertificateKeystorePassword(PASSWORD);
        certificate.setCertificateKeyAlias("server");
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        connector.addUpgradeProtocol(new Http2Protocol());
        return connector;
    }

    /** Of RSA, as kubeadm and the clouds make them. */
    private Path keys() throws Exception {
        var pair = "-genkeypair -keyalg RSA -keysize 2048 -validity 2";
        keytool(pair + " -alias ca -dname CN=kubernetes -ext bc:c -ext ku:c=keyCertSign");
        keytool(pair + " -alias server -dname CN=kube-apiserver -signer ca -ext san=ip:127.0.0.1");
        keytool("-exportcert -alias ca -rfc -file " + folder.resolve("ca.crt"));
        return store();
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private void keytool(String arguments) throws Exception {
        var command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store().toString()));
        var made = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (made != 0) {
            throw new IllegalStateException("keytool: " + made);
        }
    }

    private final class Api extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            answer(request, response);
        }
    }

    private static void send(HttpServletResponse exchange, int status, String body) throws IOException {
        exchange.setStatus(status);
        exchange.setContentType("application/json");
        exchange.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void answer(HttpServletRequest request, HttpServletResponse exchange) throws IOException {
        var path = request.getRequestURI();
        var body = request.getInputStream().readAllBytes();
        switch (request.getMethod()) {
            case "GET" -> get(exchange, path);
            case "POST" -> {
                var posted = JSON.readTree(body);
                var made = put(
                        path + "/"
                                + posted.at("/metadata/name")
                                        .asText(UUID.randomUUID().toString()),
                        posted.toString());
                send(exchange, 201, made.toString());
            }
            case "PUT" ->
                send(
                        exchange,
                        200,
                        put(path.replaceFirst("/status$", ""), new String(body, StandardCharsets.UTF_8))
                                .toString());
            case "PATCH" -> get(exchange, path.replaceFirst("/(status|resize)$", ""));
            default -> {
                objects.remove(path);
                send(exchange, 200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
            }
        }
    }

    private void get(HttpServletResponse exchange, String path) throws IOException {
        if (path.endsWith("/log")) {
            send(exchange, 200, "starting\nFATAL: DATABASE_URL is not set\n");
        } else if (objects.containsKey(path)) {
            send(exchange, 200, objects.get(path).toString());
        } else if (path.matches(".*/(namespaces|nodes|[a-z]+/demo/[a-z]+|kubesent/incidents|v1(alpha1)?/[a-z]+)")) {
            var list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
            list.putObject("metadata").put("resourceVersion", "1");
            objects.forEach((at, object) -> {
                if (at.startsWith(path + "/") && at.lastIndexOf('/') == path.length()) {
                    list.withArray("/items").add(object);
                }
            });
            list.withArray("/items");
            send(exchange, 200, list.toString());
        } else {
            send(
                    exchange,
                    404,
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}");
        }
    }

    private ObjectNode put(String path, String json) throws IOException {
        var object = (ObjectNode) JSON.readTree(json);
        var meta = object.withObject("/metadata");
        meta.put("resourceVersion", String.valueOf(System.nanoTime())).put("generation", 1);
        if (!meta.has("uid")) {
            meta.put("uid", UUID.randomUUID().toString());
        }
        if (!meta.has("creationTimestamp")) {
            meta.put("creationTimestamp", Instant.now().toString());
        }
        objects.put(path, object);
        return object;
    }
}
