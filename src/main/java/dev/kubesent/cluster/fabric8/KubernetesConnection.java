package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** Opens the one client of a process, with time-outs and no hidden retries. */
public final class KubernetesConnection {

    /**
     * To wait for one answer. An API server at its default limits answers or refuses within that time; the
     * source that waits for us has no time-out of its own (research/knative.md, "Concurrency").
     */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** For TCP and TLS. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private KubernetesConnection() {}

    /** From KUBECONFIG or ~/.kube/config as kubectl does; inside a pod, from its ServiceAccount. */
    public static KubernetesClient fromEnvironment() {
        return open(Config.autoConfigure(null));
    }

    /**
     * From outside of the cluster.
     *
     * @param authority the cluster's CA certificate, PEM in base64
     * @param token asked for before each request
     */
    public static KubernetesClient to(URI endpoint, String authority, Supplier<String> token) {
        return open(new ConfigBuilder(Config.empty())
                .withMasterUrl(endpoint.toString())
                .withCaCertData(authority)
                .withOauthTokenProvider(token::get)
                .build());
    }

    public static KubernetesClient open(Config config) {
        var calm = new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout((int) CONNECT_TIMEOUT.toMillis())
                .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
                .build();
        return new KubernetesClientBuilder()
                .withHttpClientFactory(new ClusterAuthority())
                .withConfig(calm)
                .withKubernetesSerialization(KubernetesJson.serialization())
                .build();
    }
}
