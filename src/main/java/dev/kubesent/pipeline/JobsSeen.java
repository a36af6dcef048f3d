package dev.kubesent.pipeline;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.JobGaveUp;
import dev.kubesent.failure.LostRun;
import dev.kubesent.failure.PodsNotCreated;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/** What is to be known of the Jobs of a namespace: which have given up, and when each CronJob's last one began. It keeps no Job. */
final class JobsSeen implements Consumer<Job> {

    /** Of thousands that gave up, the first by name are told of; the others when those are gone. */
    private static final int GIVEN_UP = 500;

    /** Each costs a look at its events. */
    private static final int PODLESS = 50;

    private final Instant now;
    private final List<GivenUp> givenUp = new ArrayList<>();
    private final Map<String, Instant> newest = new HashMap<>();
    private final List<Podless> podless = new ArrayList<>();

    JobsSeen(Instant now) {
        this.now = now;
    }

    /** @param owners the uids of what owns the Job */
    record GivenUp(LostRun run, List<String> owners) {

        boolean isOf(CronJob cronJob) {
            return owners.contains(cronJob.getMetadata().getUid());
        }
    }

    /** A Job that has begun, and has had no pod. @param owners the uids of what owns it */
    record Podless(ObjectRef job, List<String> owners) {

        boolean isOf(CronJob cronJob) {
            return owners.contains(cronJob.getMetadata().getUid());
        }
    }

    @Override
    public void accept(Job job) {
        var owners = job.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList();
        begun(job)
                .ifPresent(at -> owners.forEach(
                        owner -> newest.merge(owner, at, BinaryOperator.maxBy(Comparator.naturalOrder()))));
        if (podless.size() < PODLESS && PodsNotCreated.lacksPods(job)) {
            podless.add(new Podless(ObjectRef.of(job), owners));
        }
        if (givenUp.size() < GIVEN_UP) {
            JobGaveUp.detect(job, now).map(run -> new GivenUp(run, owners)).ifPresent(givenUp::add);
        }
    }

    List<GivenUp> givenUp() {
        return List.copyOf(givenUp);
    }

    List<Podless> podless() {
        return List.copyOf(podless);
    }

    /** When the last run of a CronJob began. @param cronJob its uid */
    Optional<Instant> newestOf(String cronJob) {
        return Optional.ofNullable(newest.get(cronJob));
    }

    /** A Job that is suspended has not begun, and is made all the same. */
    private static Optional<Instant> begun(Job job) {
        return Optional.ofNullable(job.getStatus())
                .map(JobStatus::getStartTime)
                .or(() -> Optional.ofNullable(job.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }
}
