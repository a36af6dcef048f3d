package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Selection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads a list page by page, and each page as it comes: of all its objects, one is in memory at a time. The JSON of a list says first where the next
 * page begins, and then the items.
 */
record ObjectLists(ApiRequests api) {

    /** For the whole of it, however slowly it comes: a quarter of the lease within which an incident's work has to be done. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param path of the resource */
    <T> Extent each(ApiPath path, Selection which, Bound most, Class<T> type, Consumer<? super T> visitor) {
        var reading = new Reading<>(most, type, visitor);
        var next = "";
        var size = PageSize.first();
        do {
            var limit = Math.min(size.objects(), reading.objectsLeft() + 1);
            try (var body = api.stream(page(path, which, limit, next))) {
                var before = reading.seen;
                next = reading.page(body);
                size = size.after(reading.seen - before, body.count());
            } catch (IOException e) {
                throw broken(e);
            }
        } while (!next.isEmpty() && !reading.isFull());
        return reading.isFull() ? Extent.CUT : Extent.WHOLE;
    }

    private static ClusterException broken(IOException e) {
        return e instanceof JacksonException
                ? new ClusterException(Kind.BROKEN, "not a list: " + e.getMessage(), e)
                : Refusals.unreachable(e);
    }

    static ApiPath page(ApiPath path, Selection which, int limit, String next) {
        return path.with("limit", limit)
                .with("continue", next)
                .with("labelSelector", joined(Located.labels(which.labels())))
                .with("fieldSelector", which.fields().text());
    }

    private static String joined(Map<String, String> required) {
        return required.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static final class Reading<T> {

        private final Bound most;
        private final Class<T> type;
        private final Consumer<? super T> visitor;
        private int seen;
        private long bytes;
        private final long begun = System.nanoTime();
        private boolean isFull;

        Reading(Bound most, Class<T> type, Consumer<? super T> visitor) {
            this.most = most;
            this.type = type;
            this.visitor = visitor;
        }

        int objectsLeft() {
            return most.objects() - seen;
        }

        boolean isFull() {
            return isFull;
        }

        /** @return where the next page begins; empty where there is none, or no more is wanted */
        String page(BodyStream body) throws IOException {
            try (var parser = KubernetesJson.parser(body)) {
                var next = "";
                parser.nextToken();
                while (!isFull && parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "metadata" -> next = PodList.continuation(parser);
                        case "items" -> items(parser, body);
                        default -> parser.skipChildren();
                    }
                }
                bytes += body.count();
                return next;
            }
        }

        private void items(JsonParser parser, BodyStream body) throws IOException {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                if (seen == most.objects() || bytes + body.count() > most.bytes()) {
                    isFull = true;
                    return;
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IOException("a list that takes more than %d s".formatted(PATIENCE.toSeconds()));
                }
                seen++;
                visitor.accept(KubernetesJson.parse(parser, type));
            }
        }
    }
}
