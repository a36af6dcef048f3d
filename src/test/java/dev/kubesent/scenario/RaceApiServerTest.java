package dev.kubesent.scenario;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.TestCluster;

/** The same on a real API server, whose conflicts are real. */
@OnTheApiServer
class RaceApiServerTest extends RaceTest {

    @Override
    TestCluster cluster() {
        return new ApiServerTestCluster();
    }
}
