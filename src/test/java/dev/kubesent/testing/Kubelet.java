package dev.kubesent.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers the API server, which verifies no kubelet's certificate by default, with one log for every container; notes who asked for which. */
public final class Kubelet implements AutoCloseable {

    private final HttpsServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private Kubelet(HttpsServer server) {
        this.server = server;
    }

    /** @param node which is created, with the address of this kubelet @param folder for its key */
    public static Kubelet of(String node, String log, Path folder, KubernetesClient admin)
            throws IOException, GeneralSecurityException, InterruptedException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(OwnCertificate.of("kubelet", folder).server()));
        var kubelet = new Kubelet(server);
        server.createContext("/", exchange -> {
            kubelet.asked.add(exchange.getRequestURI().toString());
            var body = log.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var made = admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .build())
                .create();
        made.setStatus(new NodeBuilder()
                .withNewStatus()
                .addNewAddress("127.0.0.1", "InternalIP")
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(server.getAddress().getPort())
                .endDaemonEndpoints()
                .endStatus()
                .build()
                .getStatus());
        admin.resource(made).updateStatus();
        return kubelet;
    }

    /** Paths, with their queries. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
