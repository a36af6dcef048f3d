package dev.kubesent.evidence;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Objects;

/** A core/v1 Event about the pod. The liveness kill is one of type Normal, so type says nothing of weight. */
public record ObservedEvent(String reason, String message, String container) {

    static ObservedEvent of(Event event) {
        var path = event.getInvolvedObject() == null
                ? null
                : event.getInvolvedObject().getFieldPath();
        return new ObservedEvent(
                Objects.requireNonNullElse(event.getReason(), ""),
                Objects.requireNonNullElse(event.getMessage(), ""),
                path == null ? "" : path.replaceAll("^spec\\.(init)?[cC]ontainers\\{(.*)}$", "$2"));
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? message : reason + ": " + message;
    }

    /** Whether it may be about this container; the kubelet does not always say which. */
    public boolean mayConcern(String name) {
        return container.isEmpty() || container.equals(name);
    }
}
