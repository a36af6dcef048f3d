package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kubesent.cluster.PodPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Cuts a PodList into its pods while it comes, without building any of them: most are healthy, a look at the bytes says so, and they are not kept. */
final class PodList {

    private static final JsonFactory JSON = new JsonFactory();

    private final RecentBytes bytes;
    private final Predicate<byte[]> wanted;
    private final long most;
    private final List<byte[]> kept = new ArrayList<>();
    private int looked;
    private long size;

    private PodList(InputStream list, Predicate<byte[]> wanted, long most) {
        this.bytes = new RecentBytes(list);
        this.wanted = wanted;
        this.most = most;
    }

    /**
     * Those that are wanted.
     *
     * @param most bytes of them, and of a single one at least that one
     * @return empty where there are more
     * @throws IOException where the list is none, or does not come to its end
     */
    static Optional<PodPage> cut(InputStream list, Predicate<byte[]> wanted, long most) throws IOException {
        return new PodList(list, wanted, most).cut();
    }

    private Optional<PodPage> cut() throws IOException {
        try (var parser = JSON.createParser(bytes)) {
            var next = "";
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "metadata" -> next = continuation(parser);
                    case "items" -> {
                        if (!items(parser)) {
                            return Optional.empty();
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
            return Optional.of(new PodPage(kept, looked, next));
        }
    }

    static String continuation(JsonParser parser) throws IOException {
        var next = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (name.equals("continue")) {
                next = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return next;
    }

    /** @return whether that was not too much */
    private boolean items(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            bytes.forget(parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
            var pod = bytes.until(parser.currentLocation().getByteOffset());
            looked++;
            if (wanted.test(pod)) {
                kept.add(pod);
                size += pod.length;
            }
            if (size > most && kept.size() > 1) {
                return false;
            }
        }
        return true;
    }
}
