package dev.kubesent.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * The JSON event format, single and batch. The data is cut out of the body as bytes, unparsed: a healthy pod in an
 * envelope costs no more than a bare one.
 */
final class StructuredEvent {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String PLACE = "attribute '%s'";

    /** Events in one batch; Knative sends none at all. */
    static final int MOST_EVENTS = 1000;

    /** Elements that are no CloudEvents, after which nobody reads on. */
    static final int MOST_PROBLEMS = 10;

    /** Of one event; Knative sets a dozen. */
    private static final int MOST_ATTRIBUTES = 100;

    private StructuredEvent() {}

    static CloudEvent read(byte[] utf8) throws UnusableEventException {
        try (var parser = JSON.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableEventException(Problem.Kind.NOT_A_CLOUD_EVENT, "a structured event is a JSON object");
            }
            var event = object(parser, utf8);
            if (parser.nextToken() != null) {
                throw new UnusableEventException(
                        Problem.Kind.MALFORMED_JSON, "there is more after the end of the event");
            }
            return event;
        } catch (JsonProcessingException e) {
            throw UnusableEventException.malformed("the event", e);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", e);
        }
    }

    static List<Delivery.Element> readBatch(byte[] utf8) throws UnusableEventException {
        try (var parser = JSON.createParser(utf8)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new UnusableEventException(Problem.Kind.NOT_A_CLOUD_EVENT, "a batch is a JSON array");
            }
            var elements = new ArrayList<Delivery.Element>();
            int problems = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (elements.size() == MOST_EVENTS) {
                    throw new UnusableEventException(
                            Problem.Kind.TOO_MANY_IN_A_BATCH,
                            "more than " + MOST_EVENTS + " events; none was looked at; send them in smaller batches");
                }
                var element = element(value(parser, utf8));
                elements.add(element);
                if (element instanceof Delivery.Unreadable(var problem) && ++problems == MOST_PROBLEMS) {
                    throw new UnusableEventException(
                            Problem.Kind.NOT_A_CLOUD_EVENT,
                            "of the first %d elements of the batch %d are no CloudEvents, and none was looked at; the last: %s"
                                    .formatted(elements.size(), problems, problem.detail()));
                }
            }
            return elements;
        } catch (JsonProcessingException e) {
            throw UnusableEventException.malformed("the batch", e);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", e);
        }
    }

    private static Delivery.Element element(byte[] json) {
        try {
            return new Delivery.Readable(read(json));
        } catch (UnusableEventException e) {
            return new Delivery.Unreadable(e.problem());
        }
    }

    private static CloudEvent object(JsonParser parser, byte[] utf8) throws IOException, UnusableEventException {
        var attributes = new HashMap<String, String>();
        var data = new byte[0];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue; // JSON format, 2.2: a null attribute is an unset one
            }
            switch (name) {
                case "data" -> data = value(parser, utf8);
                case "data_base64" -> data = parser.getBinaryValue();
                default -> {
                    if (!token.isScalarValue()) {
                        throw new UnusableEventException(
                                Problem.Kind.NOT_A_CLOUD_EVENT, PLACE.formatted(name) + " is not a simple value");
                    }
                    attributes.put(name, parser.getText());
                    if (attributes.size() > MOST_ATTRIBUTES) {
                        throw new UnusableEventException(
                                Problem.Kind.NOT_A_CLOUD_EVENT, "more than " + MOST_ATTRIBUTES + " attributes");
                    }
                }
            }
        }
        return CloudEventReader.checked(attributes, data, attributes.getOrDefault("datacontenttype", ""), PLACE);
    }

    /** The bytes of the value the parser stands on, which is then passed over. */
    private static byte[] value(JsonParser parser, byte[] utf8) throws IOException, UnusableEventException {
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long to = parser.currentLocation().getByteOffset();
        if (from < 0 || to < from) {
            throw new UnusableEventException(Problem.Kind.MALFORMED_JSON, "the body is not UTF-8");
        }
        return Arrays.copyOfRange(utf8, (int) from, (int) to);
    }
}
