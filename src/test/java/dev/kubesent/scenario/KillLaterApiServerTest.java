package dev.kubesent.scenario;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.TestCluster;
import java.util.stream.Stream;

/** The same on a real API server, for taking back a template. */
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
