package dev.kubesent.testing;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.Ports;
import java.time.Clock;

/** A cluster to run a scenario on. */
public interface TestCluster {

    /** The ports as KubeSent gets them, with a scenario's objects and log behind them. */
    Loaded load(Scenario scenario, Clock clock);

    /**
     * @param event the scenario's event, with the uids that this cluster gave to the objects
     * @param inspector may read everything, to see what came of it
     */
    record Loaded(Ports ports, Request event, ClusterReader inspector) {}
}
