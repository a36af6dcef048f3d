package dev.kubesent.diagnosis.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.diagnosis.Cause;
import java.util.EnumMap;
import java.util.Map;

/** What a person does next, by cause: where an entry does not say it better. */
final class Advice {

    private static final Map<Cause, String> BY_CAUSE = read();

    private Advice() {}

    /** @throws IllegalArgumentException where advice.yaml has none */
    static String of(Cause cause) {
        var advice = BY_CAUSE.get(cause);
        if (advice == null) {
            throw new IllegalArgumentException("there is no advice for " + cause);
        }
        return advice;
    }

    private static Map<Cause, String> read() {
        var all = new EnumMap<Cause, String>(Cause.class);
        KubernetesJson.parse(Signatures.resource("advice"), JsonNode.class)
                .propertyStream()
                .forEach(entry ->
                        all.put(Cause.valueOf(entry.getKey()), entry.getValue().asText()));
        return all;
    }
}
