package dev.kubesent.evidence.run;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.run.JobFacts.JobPod;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Goes from a pod up to its Job and CronJob, and down again to the other pods of the same run, as a person does with kubectl. */
public final class JobReader {

    /** A Job of thousands shows in a few what is wrong with it. */
    private static final int PODS = 5;

    private static final int MOST = 500;

    private JobReader() {}

    public static JobFacts of(ClusterReader cluster, OwnerChain owners) {
        var job = of(owners, WorkloadKind.JOB);
        return new JobFacts(
                job.map(known -> pods(cluster, known)).orElse(List.of()),
                job.map(known -> events(cluster, known.ref())).orElse(List.of()),
                of(owners, WorkloadKind.CRON_JOB)
                        .map(known -> events(cluster, known.ref()))
                        .orElse(List.of()));
    }

    public static Optional<OwnerChain.Known> of(OwnerChain owners, WorkloadKind kind) {
        return owners.links().stream()
                .flatMap(link -> switch (link) {
                    case OwnerChain.Known known when known.kind() == kind -> Stream.of(known);
                    case OwnerChain.Known _, OwnerChain.Unknown _, OwnerChain.Unproven _ ->
                        Stream.<OwnerChain.Known>of();
                })
                .findFirst();
    }

    /** Of a Job of thousands they are not listed: a few of them would be as good as any. */
    private static List<JobPod> pods(ClusterReader cluster, OwnerChain.Known known) {
        var job = known.ref();
        if (made(known.object()) > MOST) {
            return List.of();
        }
        var pods = new ArrayList<Taken>();
        var which = Selection.of(job.namespace()).labelled(Map.of(JobFacts.JOB_NAME, job.name()));
        cluster.each(Pod.class, which, Bound.of(MOST), pod -> {
            if (ControllerRef.isBy(pod, known.object())) {
                pods.add(new Taken(taken(pod), jobPod(pod)));
            }
        });
        return pods.stream()
                .sorted(Comparator.comparing(Taken::at).reversed())
                .limit(PODS)
                .map(Taken::pod)
                .toList();
    }

    private record Taken(String at, JobPod pod) {}

    private static JobPod jobPod(Pod pod) {
        return new JobPod(
                pod.getMetadata().getName(),
                pod.getStatus() == null
                        ? ""
                        : Objects.requireNonNullElse(pod.getStatus().getPhase(), ""),
                end(pod));
    }

    /** By its kubelet, or where none has taken it, by the API server. */
    private static String taken(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getStartTime)
                .or(() -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()))
                .orElse("");
    }

    private static String end(Pod pod) {
        if (pod.getStatus() == null) {
            return "";
        }
        var reason = pod.getStatus().getReason();
        return reason != null
                ? reason
                : Stream.of(
                                pod.getStatus().getInitContainerStatuses(),
                                pod.getStatus().getContainerStatuses())
                        .flatMap(List::stream)
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .filter(state -> !endedWell(state))
                        .map(JobReader::end)
                        .filter(text -> !text.isEmpty() && !text.equals("PodInitializing"))
                        .findFirst()
                        .orElse("");
    }

    private static long made(GenericKubernetesResource job) {
        return Stream.of("active", "failed", "succeeded")
                .map(count -> job.<Object>get("status", count))
                .mapToLong(count -> count instanceof Number number ? number.longValue() : 0)
                .sum();
    }

    private static boolean endedWell(ContainerState state) {
        return state.getTerminated() != null
                && Integer.valueOf(0).equals(state.getTerminated().getExitCode());
    }

    private static String end(ContainerState state) {
        if (state.getTerminated() != null) {
            return "%s, exit code %s"
                    .formatted(
                            Objects.requireNonNullElse(state.getTerminated().getReason(), "ended"),
                            state.getTerminated().getExitCode());
        }
        return state.getWaiting() == null
                ? ""
                : Objects.requireNonNullElse(state.getWaiting().getReason(), "waiting");
    }

    private static List<ObservedEvent> events(ClusterReader cluster, ObjectRef about) {
        return cluster.eventsAbout(about).stream().map(ObservedEvent::of).toList();
    }
}
