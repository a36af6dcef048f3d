package dev.kubesent.testing;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A client that counts what is read and written through it. */
public final class CountingClient implements AutoCloseable {

    private final ConcurrentLinkedQueue<String> reads = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> writes = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Long> bytes = new ConcurrentHashMap<>();
    private final KubernetesClient client;

    public CountingClient(Config config) {
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(KubernetesJson.serialization())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("counting", new Counting()))
                .build();
    }

    public KubernetesClient client() {
        return client;
    }

    /** Paths and queries of the reads, in order. @param about a part of the path */
    public List<String> reads(String about) {
        return reads.stream().filter(read -> read.contains(about)).toList();
    }

    /** Methods and paths of the writes, in order. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** From here on. */
    public void reset() {
        reads.clear();
        writes.clear();
        bytes.clear();
    }

    /** Of the bodies of their answers. */
    public long bytes(String about) {
        return bytes.entrySet().stream()
                .filter(read -> read.getKey().contains(about))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        client.close();
    }

    private static String what(HttpRequest request) {
        return request.uri().getPath() + "?" + request.uri().getQuery();
    }

    private final class Counting implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals("GET")) {
                reads.add(what(request));
            } else {
                writes.add(request.method() + " " + what(request));
            }
        }

        @Override
        public AsyncBody.Consumer<List<ByteBuffer>> consumer(
                AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
            return (buffers, body) -> {
                if (request.method().equals("GET")) {
                    bytes.merge(
                            what(request),
                            buffers.stream().mapToLong(Buffer::remaining).sum(),
                            Long::sum);
                }
                consumer.consume(buffers, body);
            };
        }
    }
}
