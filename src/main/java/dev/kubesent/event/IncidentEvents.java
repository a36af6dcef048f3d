package dev.kubesent.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.event.Sighting.Unremarkable;
import dev.kubesent.event.Sighting.Unusable;
import dev.kubesent.event.Sighting.Why;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Picks the incidents that a person has approved or rejected out of what the source forwards, where it forwards incidents. KubeSent's
 * own writes come back this way too; all but those of these ones end here, and cost no call.
 */
public final class IncidentEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private IncidentEvents() {}

    /** Whether the event is about an incident and not about a pod. */
    public static boolean concerns(CloudEvent event) {
        return event.type().startsWith(PodEvents.RESOURCE)
                && event.attribute("kind").equals("Incident")
                && event.attribute("apiversion").startsWith("kubesent.dev/");
    }

    public static Sighting sight(CloudEvent event) {
        if (event.type().endsWith(".delete")) {
            return new Unremarkable(Why.DELETED);
        }
        try {
            return sight(MediaType.parse(event.dataContentType()).toUtf8(event.data()));
        } catch (UnusableEventException e) {
            return new Unusable(e.problem());
        }
    }

    /** The same look at an incident that no event brought. */
    public static Sighting sight(byte[] json) {
        try {
            JsonNode incident = JSON.readTree(json);
            if (!incident.at("/spec/approved").asBoolean()
                    && incident.at("/spec/rejected").asText("").isEmpty()) {
                return new Unremarkable(Why.NOT_APPROVED);
            }
            var name = incident.at("/metadata/name").asText();
            var namespace = incident.at("/metadata/namespace").asText();
            return name.isEmpty() || namespace.isEmpty()
                    ? new Unusable(new Problem(
                            Problem.Kind.POD_WITHOUT_IDENTITY,
                            "metadata.name and metadata.namespace of the incident must be set"))
                    : new Sighting.Decided(Names.namespace(namespace), Names.name("metadata.name", name));
        } catch (UnusableEventException e) {
            return new Unusable(e.problem());
        } catch (JsonProcessingException e) {
            return new Unusable(
                    UnusableEventException.malformed("the event's data", e).problem());
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be read", e);
        }
    }
}
