package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failure.Moment;
import dev.kubesent.text.ForeignText;
import java.util.List;

/** Reads what the failed run printed last. */
final class LogReader {

    /** In 38 of 38 real crashes with the cause in the log, it stood within the last 50 lines (research/failures.md, 12). */
    private static final int LINES = 50;

    /** The kubelet sends this as log text, with status 200, when the runtime has already removed the container. */
    private static final String NOT_RETRIEVED = "unable to retrieve container logs for";

    private LogReader() {}

    static Reading<List<String>> read(ClusterReader cluster, Failure failure) {
        return switch (failure) {
            case Failure.ImagePull _, Failure.Pending _ -> new Reading.Missing<>(Source.LOG, "the container never ran");
            case Failure.Ended _ -> new Reading.Missing<>(Source.LOG, "the pod is over");
            case Failure.NotReady _, Failure.Initializing _ -> read(cluster, failure, ContainerLog.Run.CURRENT);
            case Failure.CrashLoop crash -> read(cluster, failure, crash.moment());
            case Failure.OomKilled oom -> read(cluster, failure, oom.moment());
        };
    }

    private static Reading<List<String>> read(ClusterReader cluster, Failure failure, Moment moment) {
        var run = switch (moment) {
            case TERMINATED -> ContainerLog.Run.CURRENT;
            case WAITING, RUNNING_AGAIN -> ContainerLog.Run.PREVIOUS;
        };
        return read(cluster, failure, run);
    }

    private static Reading<List<String>> read(ClusterReader cluster, Failure failure, ContainerLog.Run run) {
        var subject = failure.subject();
        try {
            var text =
                    cluster.log(new ContainerLog(subject.namespace(), subject.pod(), subject.container(), run, LINES));
            if (text.startsWith(NOT_RETRIEVED)) {
                return new Reading.Missing<>(Source.LOG, text.strip());
            }
            return new Reading.Present<>(text.lines().map(ForeignText::line).toList());
        } catch (ClusterException e) {
            return Readings.missing(Source.LOG, e);
        }
    }
}
