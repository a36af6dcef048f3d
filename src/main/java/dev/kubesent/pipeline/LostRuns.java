package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selection;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.evidence.OwnerReader;
import dev.kubesent.evidence.run.JobFacts;
import dev.kubesent.evidence.run.RunReader;
import dev.kubesent.failure.Failures;
import dev.kubesent.failure.LostRun;
import dev.kubesent.failure.PodsNotCreated;
import dev.kubesent.failure.ScheduleMissed;
import dev.kubesent.gate.bounds.Mute;
import dev.kubesent.incident.Claim;
import dev.kubesent.incident.Incidents;
import dev.kubesent.lifecycle.Story;
import dev.kubesent.report.Finished;
import dev.kubesent.report.Reporter;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what no pod tells of, runs of Jobs and CronJobs and pods that may not be created, and says why: there is nothing to be changed about any of it. */
final class LostRuns {

    private static final Logger LOG = LoggerFactory.getLogger(LostRuns.class);

    /** Of a namespace. Those beyond are not told of. */
    private static final Bound CRON_JOBS = Bound.of(1_000);

    private static final Bound JOBS = Bound.of(5_000);

    private static final Bound PODS = Bound.of(500);

    /** Pods of a Job that fail, or are not done, and are asked for their owner; of more, one is taken to be the Job's. */
    private static final int SHOWN = 20;

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

    /** Reports those of a namespace. One that cannot be told does not keep the others from it. @param take has work done @return how many */
    int tell(String namespace, BiFunction<Claim, UnaryOperator<Incident>, Incident> take) {
        int told = 0;
        for (var lost : of(namespace)) {
            try {
                var claim = isMuted(lost) ? Optional.<Claim>empty() : claim(lost);
                if (claim.isPresent()) {
                    var _ = take.apply(claim.get(), ours -> tell(lost, ours));
                    told++;
                }
            } catch (ClusterException | RejectedExecutionException e) {
                LOG.info("{} is left for the next sweep: {}", lost.run().of().display(), e.getMessage());
            }
        }
        return told;
    }

    /** By the mark of what ran, or of its CronJob. What may not be read is told: nothing is changed about it anyway. */
    private boolean isMuted(Lost lost) {
        return Stream.of(lost.run().of(), lost.owner()).distinct().anyMatch(this::isMuted);
    }

    private boolean isMuted(ObjectRef ref) {
        try {
            return reader.get(ref)
                    .filter(live -> Mute.of(live, clock.instant()) instanceof Mute.Until)
                    .isPresent();
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return false;
        }
    }

    /** @param cronJob whose run it is, where there is one */
    record Lost(LostRun run, Optional<ObjectRef> cronJob) {

        private ObjectRef owner() {
            return cronJob.orElse(run.of());
        }
    }

    /** Newest first: of several of one CronJob, that one is told of. */
    List<Lost> of(String namespace) {
        var cronJobs = new ArrayList<CronJob>();
        reader.each(CronJob.class, Selection.of(namespace), CRON_JOBS, cronJob -> cronJobs.add(slim(cronJob)));
        var jobs = new JobsSeen(clock.instant());
        var extent = reader.each(Job.class, Selection.of(namespace), JOBS, jobs);
        // Where not all were looked at, the run of one that seems not to have begun may be among the others.
        var late = extent.isWhole() ? cronJobs : List.<CronJob>of();
        return Stream.of(
                        jobs.givenUp().stream().flatMap(one -> gaveUp(one, cronJobs).stream()),
                        late.stream().flatMap(cronJob -> notBegun(cronJob, jobs).stream()),
                        new CreationsRefused(reader, clock.instant()).of(namespace).stream(),
                        jobs.podless().stream().flatMap(one -> notCreated(one, cronJobs).stream()))
                .flatMap(lost -> lost)
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
        var told = incidents.conclude(claimed, story.told(lost.owner(), facts, diagnosis));
        reporter.tell(new Finished(told, lost.run().of(), lost.owner()));
        return told;
    }

    private Optional<Lost> gaveUp(JobsSeen.GivenUp job, List<CronJob> cronJobs) {
        var run = job.run();
        var cronJob = cronJobs.stream().filter(job::isOf).findFirst();
        var lost = new Lost(run, cronJob.map(ObjectRef::of));
        return cronJob.filter(one -> hasSucceeded(one, run.at())).isPresent()
                        || incidents.isTold(run, lost.owner())
                        || isShown(run.of())
                ? Optional.empty()
                : Optional.of(lost);
    }

    private Optional<Lost> notBegun(CronJob cronJob, JobsSeen jobs) {
        var ref = ObjectRef.of(cronJob);
        return events(reader, ref)
                .flatMap(events -> ScheduleMissed.detect(cronJob, events, jobs.newestOf(ref.uid()), clock.instant()))
                .map(run -> new Lost(run, Optional.of(ref)));
    }

    private Optional<Lost> notCreated(JobsSeen.Podless job, List<CronJob> cronJobs) {
        var cronJob = cronJobs.stream().filter(job::isOf).findFirst().map(ObjectRef::of);
        return events(reader, job.job())
                .flatMap(events -> PodsNotCreated.detect(job.job(), events, clock.instant()))
                .map(run -> new Lost(run, cronJob));
    }

    /** Without the template of its runs, which is most of it. */
    private static CronJob slim(CronJob cronJob) {
        cronJob.getSpec().setJobTemplate(new JobTemplateSpec());
        cronJob.getMetadata().setManagedFields(List.of());
        return cronJob;
    }

    /** One of that name that was deleted since has events too. Empty where they cannot be read: the other runs are told all the same. */
    static Optional<List<Event>> events(ClusterReader reader, ObjectRef of) {
        try {
            return Optional.of(reader.eventsAbout(of).stream()
                    .filter(event -> event.getInvolvedObject() == null
                            || event.getInvolvedObject().getUid() == null
                            || event.getInvolvedObject().getUid().equals(of.uid()))
                    .toList());
        } catch (ClusterException e) {
            LOG.info("the events of {} cannot be read: {}", of.display(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Whether a pod of it is left that fails, or is not done yet; of more than can be looked at, one is. What only claims to be of the Job tells
     * nothing of it, and keeps nothing back.
     */
    private boolean isShown(ObjectRef job) {
        var shown = new ArrayList<Pod>();
        var which = Selection.of(job.namespace()).labelled(Map.of(JobFacts.JOB_NAME, job.name()));
        var extent = reader.each(Pod.class, which, PODS, pod -> {
            if (shown.size() <= SHOWN && isBy(pod, job) && isShowing(pod)) {
                shown.add(pod);
            }
        });
        return !extent.isWhole() || shown.size() > SHOWN || shown.stream().anyMatch(this::isProven);
    }

    private boolean isProven(Pod pod) {
        return new OwnerReader(reader).controller(pod).isPresent();
    }

    private boolean isShowing(Pod pod) {
        var phase = pod.getStatus() == null
                ? ""
                : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        var hasEnded = phase.equals("Succeeded") || phase.equals("Failed");
        return !hasEnded || !Failures.news(pod, clock.instant()).isEmpty();
    }

    private static boolean hasSucceeded(CronJob cronJob, Instant since) {
        var last = cronJob.getStatus() == null ? null : cronJob.getStatus().getLastSuccessfulTime();
        return last != null && Instant.parse(last).isAfter(since);
    }

    private static boolean isBy(Pod pod, ObjectRef job) {
        return ControllerRef.of(pod)
                .filter(owner -> owner.getUid().equals(job.uid()))
                .isPresent();
    }
}
