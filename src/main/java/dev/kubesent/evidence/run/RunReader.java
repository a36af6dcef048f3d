package dev.kubesent.evidence.run;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.failure.LostRun;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what is left of a run that left no pod. */
public final class RunReader {

    private final ClusterReader cluster;

    public RunReader(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** @param cronJob of the Job, where it has one; of a run that never began, that CronJob */
    public RunFacts read(LostRun run, Optional<ObjectRef> cronJob) {
        var job = switch (run) {
            case LostRun.GaveUp gaveUp -> Optional.of(gaveUp.of());
            case LostRun.NotBegun _ -> Optional.<ObjectRef>empty();
            case LostRun.NotCreated lost ->
                Optional.of(lost.of()).filter(of -> WorkloadKind.of(of).equals(Optional.of(WorkloadKind.JOB)));
        };
        var owners = new OwnerChain(
                Stream.concat(link(job, WorkloadKind.JOB).stream(), link(cronJob, WorkloadKind.CRON_JOB).stream())
                        .toList());
        return new RunFacts(run, owners, JobReader.of(cluster, owners));
    }

    private Optional<OwnerChain.Link> link(Optional<ObjectRef> ref, WorkloadKind kind) {
        return ref.flatMap(
                of -> cluster.get(of).map(object -> (OwnerChain.Link) new OwnerChain.Known(of, kind, object)));
    }
}
