package dev.kubesent.scenario;

import dev.kubesent.testing.ApiServerTestCluster;
import dev.kubesent.testing.KillSwitch.Moment;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.TestCluster;
import java.util.List;
import java.util.stream.Stream;

/** The same on a real API server, for the two remedies with more than one write. */
@OnTheApiServer
class KillApiServerTest extends KillTest {

    @Override
    Stream<String> scenarios() {
        return Stream.of("oom-bare-pod-down", "oom-statefulset");
    }

    /** What was not sent leaves nothing at a server: that half is for the night. */
    @Override
    List<Moment> moments() {
        return isNight() ? super.moments() : List.of(Moment.AFTER);
    }

    /** All calls are killed in memory; so is every third here, and all of them in the night. */
    @Override
    int step() {
        return isNight() ? super.step() : 3;
    }

    private static boolean isNight() {
        return "true".equals(System.getenv("KUBESENT_NIGHTLY"));
    }

    @Override
    TestCluster cluster() {
        return new ApiServerTestCluster();
    }
}
