package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.evidence.JobFacts;
import dev.kubesent.evidence.OwnerReader;
import dev.kubesent.evidence.RunReader;
import dev.kubesent.failure.Failures;
import dev.kubesent.failure.JobGaveUp;
import dev.kubesent.failure.LostRun;
import dev.kubesent.failure.ScheduleMissed;
import dev.kubesent.incident.Claim;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Incidents;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the runs of Jobs and CronJobs that no pod tells of, and says why: there is nothing to be changed about any of them. */
final class LostRuns {

    private final ClusterReader reader;
    private final Incidents incidents;
    private final Reporter reporter;
    private final Story story;
    private final Clock clock;

    LostRuns(ClusterReader reader, Incidents incidents, Reporter reporter, Clock clock) {
        this.reader = reader;
        this.incidents = incidents;
        this.reporter = reporter;
        this.story = new Story(clock);
        this.clock = clock;
    }

    /** @param cronJob whose run it is, where there is one */
    record Lost(LostRun run, Optional<ObjectRef> cronJob) {

        private ObjectRef owner() {
            return cronJob.orElse(run.of());
        }
    }

    /** Newest first: of several of one CronJob, that one is told of. */
    List<Lost> of(String namespace) {
        var jobs = reader.list(Job.class, namespace);
        var cronJobs = reader.list(CronJob.class, namespace);
        return Stream.concat(
                        jobs.stream().flatMap(job -> gaveUp(job, cronJobs).stream()),
                        cronJobs.stream().flatMap(cronJob -> notBegun(cronJob, jobs).stream()))
                .sorted(Comparator.comparing((Lost lost) -> lost.run().at()).reversed())
                .toList();
    }

    /** @return empty where it is told already */
    Optional<Claim> claim(Lost lost) {
        return incidents.claim(lost.run(), lost.owner());
    }

    Incident tell(Lost lost, Incident claimed) {
        var facts = new RunReader(reader).read(lost.run(), lost.cronJob());
        var diagnosis = Rules.diagnose(facts);
        var told = incidents.conclude(
                claimed, status -> story.told(status, lost.owner(), facts, diagnosis), story.diagnosed(diagnosis));
        reporter.tell(new Finished(told, lost.run().of(), lost.owner()));
        return told;
    }

    private Optional<Lost> gaveUp(Job job, List<CronJob> cronJobs) {
        return JobGaveUp.detect(job, clock.instant()).flatMap(run -> {
            var cronJob = cronJobs.stream().filter(one -> isOf(job, one)).findFirst();
            var lost = new Lost(run, cronJob.map(ObjectRef::of));
            return cronJob.filter(one -> hasSucceeded(one, run.at())).isPresent()
                            || incidents.isTold(run, lost.owner())
                            || isShown(job)
                    ? Optional.empty()
                    : Optional.of(lost);
        });
    }

    private Optional<Lost> notBegun(CronJob cronJob, List<Job> jobs) {
        var ref = ObjectRef.of(cronJob);
        var newest = jobs.stream()
                .filter(job -> isOf(job, cronJob))
                .flatMap(job -> begun(job).stream())
                .max(Comparator.naturalOrder());
        return ScheduleMissed.detect(cronJob, events(ref), newest, clock.instant())
                .map(run -> new Lost(run, Optional.of(ref)));
    }

    /** One of that name that was deleted since has events too. */
    private List<Event> events(ObjectRef cronJob) {
        return reader.eventsAbout(cronJob).stream()
                .filter(event -> event.getInvolvedObject() == null
                        || event.getInvolvedObject().getUid() == null
                        || event.getInvolvedObject().getUid().equals(cronJob.uid()))
                .toList();
    }

    /** A Job that is suspended has not begun, and is made all the same. */
    private static Optional<Instant> begun(Job job) {
        return Optional.ofNullable(job.getStatus())
                .map(JobStatus::getStartTime)
                .or(() -> Optional.ofNullable(job.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }

    /** Whether a pod of it is left that fails, or is not done yet. */
    private boolean isShown(Job job) {
        var meta = job.getMetadata();
        return reader.list(Pod.class, meta.getNamespace(), Map.of(JobFacts.JOB_NAME, meta.getName())).stream()
                .filter(pod -> ControllerRef.isBy(pod, job))
                .anyMatch(pod -> isShowing(pod) && isProven(pod));
    }

    /** What only claims to be of the Job tells nothing of it, and keeps nothing back. */
    private boolean isProven(Pod pod) {
        return new OwnerReader(reader).controller(pod).isPresent();
    }

    private boolean isShowing(Pod pod) {
        var phase = pod.getStatus() == null
                ? ""
                : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        var hasEnded = phase.equals("Succeeded") || phase.equals("Failed");
        return !hasEnded || !Failures.of(pod, clock.instant()).isEmpty();
    }

    private static boolean hasSucceeded(CronJob cronJob, Instant since) {
        var last = cronJob.getStatus() == null ? null : cronJob.getStatus().getLastSuccessfulTime();
        return last != null && Instant.parse(last).isAfter(since);
    }

    private static boolean isOf(Job job, CronJob cronJob) {
        return ControllerRef.isBy(job, cronJob);
    }
}
