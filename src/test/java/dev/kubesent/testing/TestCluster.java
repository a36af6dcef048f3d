package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Ports;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** A cluster to run a scenario on. */
public interface TestCluster {

    /** The ports as KubeSent gets them, with a scenario's objects and log behind them. */
    Loaded load(Scenario scenario, Clock clock);

    /** What others do to the cluster while a scenario goes on. */
    interface Stage {

        /** Creates it; one that exists is merged with. */
        void put(String object);

        /** @param name of something in the scenario's namespace, as {@code Pod/web} */
        void remove(String name);

        /** As {@code kubectl patch incident NAME --type=merge -p '{"spec":{"approved":true}}'} does, for all of them that are not healed. */
        void approve();

        /** As somebody does who may approve, under his own name. @param word {@code approved} or {@code approvedAgain} */
        void approve(String person, String word);

        /** As {@code kubesent reject NAME --because} does, for the same ones. */
        void reject(String because);

        /** Takes away what the next scenario would find in KubeSent's own namespace. */
        void leave();
    }

    /** The groups of whoever approves. */
    List<String> GROUPS = List.of("sre", "system:authenticated");

    /** What somebody puts into an incident's spec who says yes to what it shows. */
    static ObjectNode yes(Incident incident, String person, String word) {
        var verdict = Objects.requireNonNull(incident.progress().verdict());
        var spec = JsonNodeFactory.instance.objectNode().put(word, true);
        var by = spec.putObject(word + "By").put("name", person).put("change", verdict.fingerprint());
        GROUPS.forEach(by.putArray("groups")::add);
        return spec;
    }

    /** What a person would approve. */
    static List<Incident> open(List<Incident> all) {
        return all.stream()
                .filter(incident -> incident.progress().phase() != Phase.Healed)
                .toList();
    }

    /**
     * @param event the scenario's event, with the uids that this cluster gave to the objects
     * @param inspector may read everything, to see what came of it
     */
    record Loaded(Ports ports, Request event, ClusterReader inspector, Stage stage) {}
}
