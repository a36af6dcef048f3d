package dev.kubesent.scenario;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.TestCluster;
import dev.kubesent.testing.cures.Changes.At;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same on a real API server, for taking back a template. By night: in memory each call is killed with every change. */
@EnabledIfEnvironmentVariable(named = "KUBESENT_NIGHTLY", matches = "true")
@OnTheApiServer
class KillLaterApiServerTest extends KillLaterTest {

    @Override
    Stream<At> steps() {
        return Stream.of(new At("verify-something-else-fails-taken-back", 1));
    }

    @Override
    TestCluster cluster() {
        return new ApiServerTestCluster();
    }
}
