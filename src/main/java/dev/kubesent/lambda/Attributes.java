package dev.kubesent.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The attributes of a message, as the headers that they would be over HTTP: {@code ce-id}, {@code content-type}. */
final class Attributes {

    private Attributes() {}

    /** {@code {"ce-id": {"stringValue": "1", "dataType": "String"}}}. */
    static Map<String, String> ofSqs(JsonNode attributes) {
        return headers(attributes, "stringValue");
    }

    /** {@code {"ce-id": {"Value": "1", "Type": "String"}}}. */
    static Map<String, String> ofSns(JsonNode attributes) {
        return headers(attributes, "Value");
    }

    private static Map<String, String> headers(JsonNode attributes, String value) {
        var headers = new HashMap<String, String>();
        attributes
                .properties()
                .forEach(attribute -> headers.put(
                        name(attribute.getKey()),
                        attribute.getValue().path(value).asText()));
        return headers;
    }

    /** Some bindings write {@code ce_id} or {@code cloudEvents:id}, as not all of AWS takes a hyphen or colon. */
    private static String name(String attribute) {
        return attribute.toLowerCase(Locale.ROOT).replaceFirst("^(ce_|cloudevents:|cloudevents_)", "ce-");
    }
}
