package dev.kubesent.remedy.engine;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.Readiness;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.remedy.engine.Survival.Alive;
import dev.kubesent.remedy.engine.Survival.AliveInPart;
import dev.kubesent.remedy.engine.Survival.Failing;
import dev.kubesent.remedy.engine.Survival.NotUp;
import dev.kubesent.remedy.engine.Survival.Unfinished;
import dev.kubesent.remedy.engine.Survival.Watching;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges pods that run with a change, from nothing but how they look now: a container that was restarted has a later start,
 * so no count has to be kept.
 *
 * @param since when the change was made
 * @param mustLive how long every container has to have been running and ready
 * @param until when nothing having come up counts as a failure
 * @param before what failed in other containers when the change was made: that they go on failing so is not its fault
 */
public record Watch(Instant since, Duration mustLive, Instant until, Instant now, Set<Fault> before) {

    /** A registry's hiccup, or a dependency that is not up yet, is not the change's fault: it has to last. */
    private static final Duration OTHERS_COUNT_AFTER = Duration.ofMinutes(2);

    /** And the node's clock may differ. */
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(1);

    /** Beyond the end of the watch, while a rollout still goes on. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private static final Set<String> NOT_THE_CHANGES =
            Set.of("CreateContainerConfigError", "PreCreateHookError", "PreStartHookError", "PostStartHookError");

    /** @param pods that run with the change @param wanted how many there will be @param cured what was to be cured */
    public Survival judge(List<Pod> pods, long wanted, Fault cured) {
        var tally = new Tally(this, cured);
        pods.forEach(tally);
        return judge(tally, wanted, Extent.WHOLE);
    }

    /**
     * What was seen is so, however much was not: a pod that fails, or one that did not come up. That all live, or none, is said only of the whole.
     *
     * @param extent of what was looked at
     */
    public Survival judge(Tally tally, long wanted, Extent extent) {
        if (tally.failing().isPresent()) {
            return tally.failing().get();
        }
        var told = "%d of %d pods have been running and ready for %d s%s%s"
                .formatted(
                        tally.alive(),
                        Math.max(wanted, tally.looked()),
                        mustLive.toSeconds(),
                        tally.saidOfExcused(),
                        extent.isWhole() ? "" : "; no more than %d were looked at".formatted(tally.looked()));
        if (extent.isWhole() && tally.areAllAlive() && tally.alive() >= wanted) {
            return ended(tally, told);
        }
        if (!isOver()) {
            return new Watching(told);
        }
        // A rollout of many may go on for long: what has come up of it has lived. What was made long ago and is not up
        // is lost.
        if (tally.hasLost() || extent.isWhole() && tally.alive() == 0) {
            return new NotUp(told);
        }
        if (!tally.areAllAlive()) {
            return extent.isWhole() || !isLongOver() ? new Watching(told) : new Unfinished(told);
        }
        return new AliveInPart(
                told + (tally.excused().isEmpty() ? "; the rollout goes on" : "; the others wait for that"));
    }

    private static Survival ended(Tally tally, String told) {
        return tally.excused().isEmpty() ? new Alive(told) : new AliveInPart(told);
    }

    public boolean lives(Pod pod, Fault cured) {
        return hasLivedLongEnough(pod, excused(pod, cured), cured.container());
    }

    /** Containers that go on failing as they did before; never the one that the change is for. Who is ready needs no excuse. */
    public Set<String> excused(Pod pod, Fault cured) {
        return Readiness.of(pod)
                ? Set.of()
                : Failures.of(pod, now).stream()
                        .map(Failure::fault)
                        .filter(fault -> wasThereBefore(fault, cured))
                        .map(Fault::container)
                        .collect(Collectors.toSet());
    }

    private boolean wasThereBefore(Fault fault, Fault cured) {
        return before.contains(fault) && !fault.container().equals(cured.container());
    }

    /** Whether it began with the act; a pod may begin before the act is written down. */
    public boolean isSuccessor(Pod pod) {
        return taken(pod).filter(at -> !at.plus(WRITTEN_WITHIN).isBefore(since)).isPresent();
    }

    /** By its kubelet, or where none has taken it, by the API server. */
    public static Optional<Instant> taken(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getStartTime)
                .or(() -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()))
                .map(Instant::parse);
    }

    public boolean isStuck(Pod pod) {
        return !hasLivedLongEnough(pod) && isOld(pod);
    }

    public boolean isOld(Pod pod) {
        return taken(pod)
                .filter(at -> !at.plus(mustLive).plus(SurvivalPolicy.PATIENCE).isAfter(now))
                .isPresent();
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return !now.isBefore(until);
    }

    /** A rollout of many may take its time; then somebody should have a look. */
    public boolean isLongOver() {
        return !now.isBefore(until.plus(LONGEST));
    }

    public Optional<Failing> failing(Pod pod, Fault cured) {
        return Failures.of(pod, now).stream()
                .filter(this::isNew)
                .filter(failure -> !wasThereBefore(failure.fault(), cured))
                .filter(failure -> !isNotBegun(failure))
                .filter(failure -> failure.fault().equals(cured) || !now.isBefore(since.plus(OTHERS_COUNT_AFTER)))
                .findFirst()
                .map(failure -> new Failing(failure, pod));
    }

    /** No change of ours takes a Secret or a hook's success away, and taking a good one back does not bring it again: it only is not up. */
    private static boolean isNotBegun(Failure failure) {
        return switch (failure) {
            case Failure.CrashLoop(var _, var last, var _) -> NOT_THE_CHANGES.contains(last.reason());
            // A volume, a network or a node that is not to be had yet: the time for coming up bounds it.
            case Failure.Pending _, Failure.Ended _, Failure.NotReady _, Failure.Initializing _ -> true;
            case Failure.OomKilled _, Failure.ImagePull _ -> false;
        };
    }

    /**
     * What a container that was resized in place died of before is not the change's fault; nor is the restart that a
     * {@code resizePolicy} asks for, which ends a run that began before.
     */
    private boolean isNew(Failure failure) {
        return switch (failure) {
            case Failure.OomKilled(var _, var last, var _) -> isAfter(last.finished());
            case Failure.CrashLoop(var _, var last, var _) ->
                isAfter(last.started().or(last::finished));
            case Failure.Pending pending -> isAfter(Optional.of(pending.since()));
            case Failure.ImagePull _ -> true;
            case Failure.Ended _, Failure.NotReady _, Failure.Initializing _ -> false;
        };
    }

    private boolean isAfter(Optional<Instant> time) {
        return time.map(at -> at.isAfter(since)).orElse(true);
    }

    public boolean hasLivedLongEnough(Pod pod) {
        return hasLivedLongEnough(pod, Set.of(), "");
    }

    /** @param excused containers that are not asked; a pod with one of them cannot be ready as a whole @param asked in any case, be it a sidecar */
    private boolean hasLivedLongEnough(Pod pod, Set<String> excused, String asked) {
        var judged = Stream.ofNullable(pod.getStatus())
                .flatMap(status -> Stream.concat(
                        status.getContainerStatuses().stream()
                                .filter(container -> !excused.contains(container.getName())),
                        status.getInitContainerStatuses().stream()
                                .filter(container -> !excused.isEmpty()
                                        && container.getName().equals(asked))))
                .toList();
        var mayEnd = !"Always".equals(pod.getSpec().getRestartPolicy());
        var isUp = Readiness.of(pod)
                || !excused.isEmpty()
                || judged.stream().anyMatch(container -> mayEnd && hasEndedWell(container));
        return isUp
                && !judged.isEmpty()
                && judged.stream()
                        .allMatch(container -> mayEnd && hasEndedWell(container) || hasLivedLongEnough(container));
    }

    /** Under OnFailure and Never, ending with 0 is what a container is for. */
    private static boolean hasEndedWell(ContainerStatus status) {
        var ended = status.getState() == null ? null : status.getState().getTerminated();
        return ended != null && ended.getExitCode() != null && ended.getExitCode() == 0;
    }

    private boolean hasLivedLongEnough(ContainerStatus status) {
        return Boolean.TRUE.equals(status.getReady())
                && Optional.ofNullable(status.getState())
                        .map(ContainerState::getRunning)
                        .map(ContainerStateRunning::getStartedAt)
                        .map(Instant::parse)
                        .map(started -> started.isAfter(since) ? started : since)
                        .filter(from -> !from.plus(mustLive).isAfter(now))
                        .isPresent();
    }
}
