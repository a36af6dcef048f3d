package dev.kubesent.scenario;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.TestCluster;

/** The same folders, and the same expectations, on a real API server with the rights that knative/ grants. */
@OnTheApiServer
class ScenarioApiServerTest extends ScenarioTest {

    @Override
    TestCluster cluster() {
        return new ApiServerTestCluster();
    }
}
