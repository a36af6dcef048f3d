package dev.kubesent.ui;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what a person says into an incident, by the person's own rights: the API server's audit log has the person. */
@FunctionalInterface
public interface Word {

    /**
     * One request.
     *
     * @param spec a JSON merge patch of the incident's spec
     * @throws dev.kubesent.cluster.ClusterException where it is refused, or where there is no answer
     */
    void say(String namespace, String incident, ObjectNode spec);
}
