package dev.kubesent.function;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to the API server, opened beside the start of Spring: the client, its TLS and a first answer take as long as a third of that. */
record Opening(CompletableFuture<KubernetesClient> client) {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    /** Empty where there is nothing to open, or where it takes what Spring has to make first. */
    static Optional<Opening> begin(Settings settings) {
        return switch (settings.cluster()) {
            case KUBECONFIG, IN_CLUSTER -> Optional.of(begin());
            case EMBEDDED, EKS -> Optional.empty();
        };
    }

    private static Opening begin() {
        var client = new CompletableFuture<KubernetesClient>();
        Thread.ofPlatform().name("connection").daemon().start(() -> open(client));
        return new Opening(client);
    }

    private static void open(CompletableFuture<KubernetesClient> opened) {
        try {
            var client = KubernetesConnection.fromEnvironment();
            opened.complete(client);
            var version = new KubernetesReads(client).version();
            LOG.debug("the API server is of Kubernetes {}", version);
        } catch (ClusterException e) {
            LOG.debug("readiness says it: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
        }
    }

    /** @throws RuntimeException what went wrong when it was opened */
    KubernetesClient await() {
        try {
            return client.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        }
    }
}
