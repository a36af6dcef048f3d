package dev.kubesent.evidence;

import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.run.JobFacts;
import dev.kubesent.evidence.run.JobFacts.JobPod;
import dev.kubesent.evidence.run.JobReader;
import dev.kubesent.evidence.run.RunFacts;
import dev.kubesent.redaction.Masking;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way that a person goes from a CronJob that failed to the line that says why: each step's command, and what it shows. Pure. */
public final class DrillDown {

    /** Characters that one step shows. */
    private static final int LONGEST = 300;

    private static final int EVENTS = 3;

    private final List<String> steps = new ArrayList<>();
    private final String namespace;

    private DrillDown(String namespace) {
        this.namespace = namespace;
    }

    /** @return nothing for a pod that is of no Job: its incident is the whole way */
    static List<String> of(Evidence evidence) {
        var owners = evidence.owners().present().orElse(new OwnerChain(List.of()));
        var job = JobReader.of(owners, WorkloadKind.JOB);
        if (job.isEmpty()) {
            return List.of();
        }
        var read = evidence.around().job();
        var facts = read.present().orElse(JobFacts.NONE);
        var way = new DrillDown(job.get().ref().namespace());
        JobReader.of(owners, WorkloadKind.CRON_JOB).ifPresent(cronJob -> way.cronJob(cronJob, facts));
        way.job(job.get(), facts);
        way.pods(job.get(), read.missing().map(missing -> unread(missing)).orElseGet(() -> listed(facts.pods())));
        way.log(evidence);
        way.events(
                "pod " + evidence.failure().subject().pod(),
                evidence.events().present().orElse(List.of()));
        return List.copyOf(way.steps);
    }

    /** It ends where nothing is left to look at. */
    public static List<String> of(RunFacts run) {
        var way = new DrillDown(run.run().of().namespace());
        JobReader.of(run.owners(), WorkloadKind.CRON_JOB).ifPresent(cronJob -> way.cronJob(cronJob, run.facts()));
        JobReader.of(run.owners(), WorkloadKind.JOB).ifPresent(job -> {
            way.job(job, run.facts());
            way.pods(
                    job,
                    run.facts().pods().isEmpty() ? "none" : listed(run.facts().pods()));
        });
        return List.copyOf(way.steps);
    }

    private void cronJob(OwnerChain.Known cronJob, JobFacts facts) {
        var object = cronJob.object();
        step(
                "get cronjob " + cronJob.ref().name(),
                "schedule %s, %s, last scheduled %s, active %s"
                        .formatted(
                                text(object, "never", "spec", "schedule"),
                                Boolean.TRUE.equals(object.<Object>get("spec", "suspend"))
                                        ? "suspended"
                                        : "not suspended",
                                text(object, "never", "status", "lastScheduleTime"),
                                object.<Object>get("status", "active") instanceof List<?> active
                                        ? active.size()
                                        : "0"));
        events("cronjob " + cronJob.ref().name(), facts.ofTheCronJob());
    }

    private void job(OwnerChain.Known job, JobFacts facts) {
        var object = job.object();
        step(
                "describe job " + job.ref().name(),
                "failed %s of backoffLimit %s, deadline %s; %s"
                        .formatted(
                                text(object, "0", "status", "failed"),
                                text(object, "6", "spec", "backoffLimit"),
                                text(object, "none", "spec", "activeDeadlineSeconds"),
                                conditions(object)));
        events("job " + job.ref().name(), facts.ofTheJob());
    }

    private static String conditions(GenericKubernetesResource job) {
        if (!(job.<Object>get("status", "conditions") instanceof List<?> conditions) || conditions.isEmpty()) {
            return "still running";
        }
        var holding = conditions.stream()
                .filter(one -> one instanceof Map<?, ?> condition && "True".equals(condition.get("status")))
                .map(one -> (Map<?, ?>) one)
                .map(one -> Stream.of("type", "reason", "message")
                        .map(one::get)
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
        return holding.isEmpty() ? "still running" : holding;
    }

    private void pods(OwnerChain.Known job, String shows) {
        step("get pods -l batch.kubernetes.io/job-name=" + job.ref().name(), shows);
    }

    private static String listed(List<JobPod> pods) {
        return pods.isEmpty()
                ? "too many to list, or none"
                : pods.stream().map(JobPod::toString).collect(Collectors.joining(", "));
    }

    /** Not to be taken for "nothing is there". */
    private static String unread(Reading.Missing<?> missing) {
        return "(not read: " + missing.why() + ")";
    }

    private void log(Evidence evidence) {
        var shows = switch (evidence.log()) {
            case Reading.Missing<List<String>> missing -> unread(missing);
            case Reading.Unasked<List<String>> _ -> "(not read)";
            case Reading.Present<List<String>>(var lines) -> lines.isEmpty() ? "nothing" : lines.getLast();
        };
        step(
                "logs %s -c %s%s"
                        .formatted(
                                evidence.failure().subject().pod(),
                                evidence.failure().subject().container(),
                                evidence.failure().subject().restarts() > 0 ? " --previous" : ""),
                shows);
    }

    private void events(String about, List<ObservedEvent> events) {
        if (!events.isEmpty()) {
            step(
                    "events --for " + about.replace(' ', '/'),
                    events.reversed().stream()
                            .limit(EVENTS)
                            .map(ObservedEvent::toString)
                            .collect(Collectors.joining("; ")));
        }
    }

    private void step(String command, String shows) {
        var masked = Masking.text(shows.isEmpty() ? "nothing" : shows.strip());
        var cut = masked.length() <= LONGEST
                ? masked
                : masked.substring(0, LONGEST - (Character.isHighSurrogate(masked.charAt(LONGEST - 1)) ? 1 : 0)) + "…";
        steps.add("kubectl -n %s %s: %s".formatted(namespace, command, cut));
    }

    private static String text(GenericKubernetesResource object, String otherwise, Object... path) {
        var value = object.<Object>get(path);
        return value == null ? otherwise : String.valueOf(value);
    }
}
