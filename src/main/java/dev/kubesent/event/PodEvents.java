package dev.kubesent.event;

import dev.kubesent.event.Sighting.Unremarkable;
import dev.kubesent.event.Sighting.Unusable;
import dev.kubesent.event.Sighting.Why;
import java.util.Optional;

/**
 * Picks the pods that may be failing out of what Knative's ApiServerSource sends. Types and extensions are those of
 * knative/eventing, pkg/apis/sources/constants.go and pkg/adapter/apiserver/events/events.go.
 */
public final class PodEvents {

    static final String RESOURCE = "dev.knative.apiserver.resource.";
    private static final String REFERENCE = "dev.knative.apiserver.ref.";

    private static final Sighting HEALTHY = new Unremarkable(Why.HEALTHY);

    private PodEvents() {}

    /** The first look at one event: pure, and in microseconds. */
    public static Sighting sight(CloudEvent event) {
        if (!isAboutAPod(event)) {
            return new Unremarkable(Why.NOT_ABOUT_A_POD);
        }
        if (event.type().endsWith(".delete")) {
            return new Unremarkable(Why.DELETED);
        }
        try {
            var type = MediaType.parse(event.dataContentType());
            if (!type.isJson()) {
                throw new UnusableEventException(
                        Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                        "the data of a pod's event is JSON, not '" + type.essence() + "'");
            }
            var json = type.toUtf8(event.data());
            return event.type().startsWith(REFERENCE)
                    ? reference(event, PodGlance.at(json))
                    : resource(event.attribute("id"), json);
        } catch (UnusableEventException e) {
            return new Unusable(e.problem());
        }
    }

    /** The same look at a pod that no event brought. @param origin in place of an event's id */
    public static Sighting sight(byte[] pod, String origin) {
        try {
            return resource(origin, pod);
        } catch (UnusableEventException e) {
            return new Unusable(e.problem());
        }
    }

    private static boolean isAboutAPod(CloudEvent event) {
        var kind = event.attribute("kind");
        return (event.type().startsWith(RESOURCE) || event.type().startsWith(REFERENCE))
                && (kind.isEmpty() || kind.equals("Pod"));
    }

    private static Sighting reference(CloudEvent event, PodGlance reference) throws UnusableEventException {
        // An ObjectReference has its name and namespace at the top; the extensions say the same.
        if (!reference.kind().isEmpty() && !reference.kind().equals("Pod")) {
            return new Unremarkable(Why.NOT_ABOUT_A_POD);
        }
        var name = event.attribute("name");
        var namespace = event.attribute("namespace");
        if (name.isEmpty() || namespace.isEmpty()) {
            throw new UnusableEventException(
                    Problem.Kind.POD_WITHOUT_IDENTITY, "a reference event needs the extensions 'name' and 'namespace'");
        }
        return new Sighting.Suspicious(new PodEvent(
                event.attribute("id"), Names.namespace(namespace), Names.name("name", name), Optional.empty()));
    }

    private static Sighting resource(String eventId, byte[] json) throws UnusableEventException {
        if (StatusScan.isHealthy(json)) {
            return HEALTHY;
        }
        var pod = PodGlance.at(json);
        if (!pod.kind().isEmpty() && !pod.kind().equals("Pod")) {
            return new Unremarkable(Why.NOT_ABOUT_A_POD);
        }
        if (pod.name().isEmpty() || pod.namespace().isEmpty() || pod.uid().isEmpty()) {
            throw new UnusableEventException(
                    Problem.Kind.POD_WITHOUT_IDENTITY,
                    "metadata.name, metadata.namespace and metadata.uid of the pod must be set");
        }
        var namespace = Names.namespace(pod.namespace());
        var name = Names.name("metadata.name", pod.name());
        if (pod.terminating()) {
            return new Unremarkable(Why.TERMINATING);
        }
        if (pod.succeeded()) {
            return new Unremarkable(Why.SUCCEEDED);
        }
        if (!pod.suspicious()) {
            return HEALTHY;
        }
        return new Sighting.Suspicious(new PodEvent(eventId, namespace, name, Optional.of(json)));
    }
}
