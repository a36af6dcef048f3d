package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JsonToken;
import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Watched;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@link ClusterWatcher} on a real API server. Not by fabric8's informers: they make an object of each pod and keep it, 22 KB of heap for one that
 * is well (docs/decisions/0071-the-watch-shape.md).
 */
public final class KubernetesWatches implements ClusterWatcher {

    /** The API server tells a bookmark each minute where nothing else is to be told (k8s.io/apiserver, cacher.go); a silence of two is a dead connection. */
    private static final Duration SILENCE = Duration.ofSeconds(130);

    /** Seconds until the API server ends a watch; with as much again by chance, as client-go has it, so that not all come back at once. */
    private static final int LASTS = 300;

    private final ApiRequests api;

    public KubernetesWatches(KubernetesClient client) {
        this.api = new ApiRequests(client);
    }

    @Override
    public String version(Watched what) {
        try (var body = api.stream(path(what).with("limit", 1));
                var parser = KubernetesJson.parser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (name.equals("metadata")) {
                    return WatchLine.version(parser);
                }
                parser.skipChildren();
            }
            throw new ClusterException(Kind.BROKEN, "a list without a resourceVersion");
        } catch (IOException e) {
            throw Refusals.unreachable(e);
        }
    }

    @Override
    public Changes watch(Watched what, String version) {
        var path = path(what)
                .with("watch", true)
                .with("allowWatchBookmarks", true)
                .with("resourceVersion", version)
                .with("timeoutSeconds", LASTS + ThreadLocalRandom.current().nextInt(LASTS));
        return new Lines(api.watch(path, SILENCE));
    }

    private static ApiPath path(Watched what) {
        return ApiPath.ofAll(what.apiVersion(), what.plural());
    }

    private record Lines(BodyStream body) implements Changes {

        @Override
        public Optional<Change> next() {
            try {
                for (var line = WatchLine.read(body); line.isPresent(); line = WatchLine.read(body)) {
                    var change = WatchLine.parse(line.get());
                    if (change.isPresent()) {
                        return change;
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                throw Refusals.unreachable(e);
            }
        }

        @Override
        public void close() {
            body.close();
        }
    }
}
