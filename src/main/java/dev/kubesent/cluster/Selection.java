package dev.kubesent.cluster;

import java.util.Map;

/**
 * Which objects of a type a read is about; the API server picks them out.
 *
 * @param namespace empty for all
 * @param labels that they bear, all of them
 * @param fields which ones there are, is for the type to say
 */
public record Selection(String namespace, Map<String, String> labels, FieldSelector fields) {

    public Selection {
        labels = Map.copyOf(labels);
    }

    public static Selection of(String namespace) {
        return new Selection(namespace, Map.of(), FieldSelector.ALL);
    }

    public Selection labelled(Map<String, String> required) {
        return new Selection(namespace, required, fields);
    }

    public Selection where(FieldSelector required) {
        return new Selection(namespace, labels, required);
    }
}
