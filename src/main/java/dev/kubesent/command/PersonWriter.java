package dev.kubesent.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ObjectRef;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what a person says, by the person's own rights and as field manager {@code kubectl-kubesent}. It is a port of its own: the writers of KubeSent are not for a person. One call is one
 * request, or two where something has to be made first.
 */
public interface PersonWriter {

    /**
     * Merges into the spec of an incident: a yes or a no.
     *
     * @param spec a JSON merge patch (RFC 7386): null takes a field away
     */
    void say(String namespace, String incident, ObjectNode spec);

    /** Sets these in a ConfigMap, and leaves its other data. It is made where there is none. */
    void set(String namespace, String configMap, Map<String, String> data);

    /** @param value empty to take the annotation away */
    void annotate(ObjectRef workload, String key, Optional<String> value);
}
