package dev.kubesent.event;

import java.util.Map;

/**
 * A CloudEvent 1.0, whatever mode it came in.
 *
 * @param attributes context attributes and extensions, names in lower case; {@code specversion}, {@code id}, {@code
 *     source} and {@code type} are always there and not empty
 * @param data the bytes of the data, still unparsed; empty where there is none
 * @param dataContentType empty where none was given, which means JSON
 */
public record CloudEvent(Map<String, String> attributes, byte[] data, String dataContentType) {

    public CloudEvent {
        attributes = Map.copyOf(attributes);
    }

    /** Empty where the attribute is not set. */
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    public String type() {
        return attribute("type");
    }
}
