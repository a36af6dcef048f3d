package dev.kubesent.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * One pass over the bytes of a pod, without building it: who it is, and whether anything in its status could be a
 * failure. It must see everything that {@code failure} would call one; it may suspect more.
 */
final class PodGlance {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> NORMAL_WAITING = Set.of("ContainerCreating", "PodInitializing");
    private static final Set<String> BEGINNING = Set.of("PodScheduled", "PodReadyToStartContainers", "Initialized");
    private static final Set<String> CONTAINER_STATUSES = Set.of("containerStatuses", "initContainerStatuses");

    private String kind = "";
    private String namespace = "";
    private String name = "";
    private String uid = "";
    private String phase = "";
    private boolean terminating;
    private boolean suspicious;
    private boolean notBegun;
    private boolean notReady;

    private PodGlance() {}

    static PodGlance at(byte[] json) throws UnusableEventException {
        var glance = new PodGlance();
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableEventException(Problem.Kind.MALFORMED_JSON, "the event's data is not a JSON object");
            }
            glance.pod(parser);
            if (parser.nextToken() != null) {
                throw new UnusableEventException(
                        Problem.Kind.MALFORMED_JSON, "there is more after the end of the event's data");
            }
            return glance;
        } catch (JsonProcessingException e) {
            throw UnusableEventException.malformed("the event's data", e);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", e);
        }
    }

    String kind() {
        return kind;
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    String uid() {
        return uid;
    }

    boolean terminating() {
        return terminating;
    }

    boolean succeeded() {
        return phase.equals("Succeeded");
    }

    boolean suspicious() {
        return switch (phase) {
            case "Pending" -> suspicious || notBegun;
            case "Running" -> suspicious || notReady;
            case "Failed" -> true; // also what the kubelet never took, which has no containers
            default -> suspicious;
        };
    }

    private void pod(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "kind" -> kind = text(parser);
                case "metadata" -> metadata(parser);
                case "status" -> status(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void metadata(JsonParser parser) throws IOException {
        // A key that stands twice counts with its last value, as in the full parse.
        terminating = false;
        if (isNoObject(parser)) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var token = parser.nextToken();
            switch (field) {
                case "namespace" -> namespace = text(parser);
                case "name" -> name = text(parser);
                case "uid" -> uid = text(parser);
                case "deletionTimestamp" -> {
                    terminating = token == JsonToken.VALUE_STRING;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void status(JsonParser parser) throws IOException {
        phase = "";
        if (isNoObject(parser)) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var token = parser.nextToken();
            if (field.equals("phase")) {
                phase = text(parser);
            } else if (field.equals("conditions") && token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    var condition = falseCondition(parser);
                    notBegun |= BEGINNING.contains(condition);
                    notReady |= condition.equals("Ready");
                }
            } else if (CONTAINER_STATUSES.contains(field) && token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    container(parser);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The type of the condition that the parser stands on, where it is False; for how long is left to the full parse, which has a clock. */
    private static String falseCondition(JsonParser parser) throws IOException {
        if (isNoObject(parser)) {
            return "";
        }
        var type = "";
        var isFalse = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "type" -> type = text(parser);
                case "status" -> isFalse = text(parser).equals("False");
                default -> parser.skipChildren();
            }
        }
        return isFalse ? type : "";
    }

    private void container(JsonParser parser) throws IOException {
        if (isNoObject(parser)) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "restartCount" -> suspicious |= !"0".equals(text(parser));
                case "state" -> state(parser);
                case "lastState" -> suspicious |= hasMembers(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void state(JsonParser parser) throws IOException {
        if (isNoObject(parser)) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "waiting" -> suspicious |= !NORMAL_WAITING.contains(member(parser, "reason"));
                case "terminated" -> suspicious |= !endedWell(parser);
                default -> parser.skipChildren();
            }
        }
    }

    /** Exit code 0 and nothing said against it: a child's OOM kill shows as exit code 0 with reason OOMKilled. */
    private static boolean endedWell(JsonParser parser) throws IOException {
        if (isNoObject(parser)) {
            return false;
        }
        var exitCode = "";
        var reason = "";
        var message = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "exitCode" -> exitCode = text(parser);
                case "reason" -> reason = text(parser);
                case "message" -> message |= !text(parser).isEmpty();
                default -> parser.skipChildren();
            }
        }
        return exitCode.equals("0") && !message && (reason.isEmpty() || reason.equals("Completed"));
    }

    /** The text of one member of the object the parser stands on, which is passed over. Empty where it is not there. */
    private static String member(JsonParser parser, String name) throws IOException {
        var value = "";
        if (isNoObject(parser)) {
            return value;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            if (field.equals(name)) {
                value = text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return value;
    }

    private static boolean hasMembers(JsonParser parser) throws IOException {
        var any = false;
        if (isNoObject(parser)) {
            return any;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            any = true;
            parser.nextToken();
            parser.skipChildren();
        }
        return any;
    }

    /** Passes over a value that is not an object: an array, null, a plain value. */
    private static boolean isNoObject(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return false;
        }
        parser.skipChildren();
        return true;
    }

    private static String text(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            return parser.getText();
        }
        parser.skipChildren();
        return "";
    }
}
