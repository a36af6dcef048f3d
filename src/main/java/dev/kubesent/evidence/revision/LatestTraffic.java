package dev.kubesent.evidence.revision;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.TrafficTarget;
import java.util.List;

/** Whether the traffic of a Knative Service goes to whichever Revision is the latest (docs/decisions/0112). */
public final class LatestTraffic {

    private LatestTraffic() {}

    /** All of it; a tag is only one more address of the same. What is rolled out next gets it. */
    public static boolean isAll(Service service) {
        return targets(service).stream().allMatch(LatestTraffic::isLatest);
    }

    /** And nobody has said anything about it: it is as Knative makes it, and nothing is lost where it is set anew. */
    public static boolean isUntouched(Service service) {
        var targets = targets(service);
        return targets.size() == 1
                && isLatest(targets.getFirst())
                && targets.getFirst().getTag() == null;
    }

    private static boolean isLatest(TrafficTarget target) {
        return Boolean.TRUE.equals(target.getLatestRevision())
                && (target.getPercent() == null || target.getPercent() == 100);
    }

    private static List<TrafficTarget> targets(Service service) {
        return service.getSpec().getTraffic();
    }
}
