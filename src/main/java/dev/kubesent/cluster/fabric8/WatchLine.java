package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A line of a watch: {@code {"type":"MODIFIED","object":{...}}}. The object is cut out of it and not built: most pods are healthy, and a look at the bytes says so. */
final class WatchLine {

    private static final JsonFactory JSON = new JsonFactory();

    /** Bytes. etcd takes objects of 1.5 MiB, which are longer as JSON. */
    private static final int LONGEST = 8 << 20;

    private WatchLine() {}

    /** Without its end; empty where the watch has ended. What is cut is no line. */
    static Optional<byte[]> read(BodyStream body) throws IOException {
        var line = new ByteArrayOutputStream(1 << 10);
        while (true) {
            var isWhole = body.readLine(line);
            if (line.size() > LONGEST) {
                throw new ClusterException(Kind.BROKEN, "a line of a watch has more than %d bytes".formatted(LONGEST));
            }
            if (isWhole) {
                return Optional.of(line.toByteArray());
            }
            if (body.hasEnded()) {
                return Optional.empty();
            }
        }
    }

    /** Empty for a type that is not known. @throws ClusterException for an ERROR, and what is no line of a watch */
    static Optional<Change> parse(byte[] line) {
        try (var parser = JSON.createParser(line)) {
            var type = "";
            var version = "";
            var object = new byte[0];
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> type = parser.getText();
                    case "object" -> {
                        var from = (int) parser.currentTokenLocation().getByteOffset();
                        version = versionOfObject(parser);
                        object = Arrays.copyOfRange(
                                line, from, (int) parser.currentLocation().getByteOffset());
                    }
                    default -> parser.skipChildren();
                }
            }
            return change(type, version, object);
        } catch (JsonProcessingException e) {
            throw new ClusterException(Kind.BROKEN, "not a line of a watch: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw Refusals.unreachable(e);
        }
    }

    private static Optional<Change> change(String type, String version, byte[] object) {
        return switch (type) {
            case "ADDED" -> Optional.of(new Change(Change.Type.ADDED, version, object));
            case "MODIFIED" -> Optional.of(new Change(Change.Type.MODIFIED, version, object));
            case "DELETED" -> Optional.of(new Change(Change.Type.DELETED, version, object));
            case "BOOKMARK" -> Optional.of(new Change(Change.Type.BOOKMARK, version, object));
            case "ERROR" -> throw refused(object);
            default -> Optional.empty();
        };
    }

    private static ClusterException refused(byte[] object) {
        var status = KubernetesJson.parse(new String(object, StandardCharsets.UTF_8), Status.class);
        var code = status.getCode() == null ? 500 : status.getCode();
        return Refusals.of(code, status, "the watch was ended: " + code);
    }

    private static String versionOfObject(JsonParser parser) throws IOException {
        var version = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("metadata") && token == JsonToken.START_OBJECT) {
                version = version(parser);
            } else {
                parser.skipChildren();
            }
        }
        return version;
    }

    /** Of the metadata that the parser stands on; empty where there is none. */
    static String version(JsonParser parser) throws IOException {
        var version = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (name.equals("resourceVersion")) {
                version = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return version;
    }
}
