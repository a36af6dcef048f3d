package dev.kubesent.scenario;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.TestCluster;
import java.util.stream.Stream;

/** The same on a real API server, for the two remedies with more than one write. */
class KillApiServerTest extends KillTest {

    @Override
    Stream<String> scenarios() {
        return Stream.of("oom-bare-pod-down", "oom-statefulset");
    }

    @Override
    TestCluster cluster() {
        return new ApiServerTestCluster();
    }
}
