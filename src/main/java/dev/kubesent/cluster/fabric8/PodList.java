package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.PodPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a PodList into its pods without building any of them: most are healthy, and a look at the bytes says so. */
final class PodList {

    private static final JsonFactory JSON = new JsonFactory();

    private PodList() {}

    static PodPage cut(byte[] list) {
        try (var parser = JSON.createParser(list)) {
            var next = "";
            List<byte[]> pods = List.of();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "metadata" -> next = continuation(parser);
                    case "items" -> pods = items(parser, list);
                    default -> parser.skipChildren();
                }
            }
            return new PodPage(pods, next);
        } catch (IOException e) {
            throw new ClusterException(Kind.BROKEN, "not a list of pods: " + e.getMessage(), e);
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

    private static List<byte[]> items(JsonParser parser, byte[] list) throws IOException {
        var pods = new ArrayList<byte[]>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            var from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            pods.add(Arrays.copyOfRange(
                    list, from, (int) parser.currentLocation().getByteOffset()));
        }
        return pods;
    }
}
