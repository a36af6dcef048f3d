package dev.kubesent.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the three content modes of CloudEvents 1.0 over HTTP. Pure; never throws for bad input. */
public final class CloudEventReader {

    private static final String PREFIX = "ce-";

    private CloudEventReader() {}

    public static Delivery read(Request request) {
        try {
            var mediaType = MediaType.parse(request.header("content-type"));
            if (!mediaType.isCloudEvents()) {
                return new Delivery.Single(new Delivery.Readable(binary(request)));
            }
            var body = mediaType.toUtf8(request.body());
            return switch (mediaType.essence()) {
                case "application/cloudevents", "application/cloudevents+json" ->
                    new Delivery.Single(new Delivery.Readable(StructuredEvent.read(body)));
                case "application/cloudevents-batch", "application/cloudevents-batch+json" ->
                    new Delivery.Batch(StructuredEvent.readBatch(body));
                default ->
                    throw new UnusableEventException(
                            Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                            "the event format '" + mediaType.essence()
                                    + "' is not known; send binary mode, application/cloudevents+json or"
                                    + " application/cloudevents-batch+json");
            };
        } catch (UnusableEventException e) {
            return new Delivery.Single(new Delivery.Unreadable(e.problem()));
        }
    }

    private static CloudEvent binary(Request request) throws UnusableEventException {
        var attributes = new HashMap<String, String>();
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (header.getKey().startsWith(PREFIX)) {
                attributes.put(
                        header.getKey().substring(PREFIX.length()),
                        HeaderValue.decode(header.getKey(), header.getValue()));
            }
        }
        return checked(attributes, request.body(), request.header("content-type"), "header 'ce-%s'");
    }

    /** @param place how the mode at hand spells an attribute, for the message */
    static CloudEvent checked(Map<String, String> attributes, byte[] data, String contentType, String place)
            throws UnusableEventException {
        for (String required : List.of("specversion", "id", "source", "type")) {
            if (attributes.getOrDefault(required, "").isEmpty()) {
                throw new UnusableEventException(
                        Problem.Kind.NOT_A_CLOUD_EVENT, place.formatted(required) + " is missing or empty");
            }
        }
        if (!"1.0".equals(attributes.get("specversion"))) {
            throw new UnusableEventException(
                    Problem.Kind.NOT_A_CLOUD_EVENT,
                    place.formatted("specversion") + " is '" + attributes.get("specversion") + "', only 1.0 is read");
        }
        return new CloudEvent(attributes, data, contentType);
    }
}
