package dev.kubesent.remedy;

import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.failure.Termination;
import dev.kubesent.remedy.Survival.Alive;
import dev.kubesent.remedy.Survival.Failing;
import dev.kubesent.remedy.Survival.NotUp;
import dev.kubesent.remedy.Survival.Watching;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges pods that run with a change, from nothing but how they look now: a container that was restarted has a later start,
 * so no count has to be kept.
 *
 * @param since when the change was made
 * @param mustLive how long every container has to have been running and ready
 * @param until when nothing having come up counts as a failure
 */
public record Watch(Instant since, Duration mustLive, Instant until, Instant now) {

    /** @param pods that run with the change @param wanted how many there will be */
    Survival judge(List<Pod> pods, long wanted) {
        var failing = pods.stream().flatMap(pod -> failing(pod).stream()).findFirst();
        if (failing.isPresent()) {
            return failing.get();
        }
        var alive = pods.stream().filter(this::hasLivedLongEnough).count();
        var told = "%d of %d pods have been running and ready for %d s"
                .formatted(alive, Math.max(wanted, pods.size()), mustLive.toSeconds());
        if (alive > 0 && alive == pods.size() && alive >= wanted) {
            return new Alive(told);
        }
        if (now.isBefore(until)) {
            return new Watching(told);
        }
        // A rollout of many may go on for long; what has come up of it has lived.
        return alive > 0 ? new Alive(told + "; the rollout goes on") : new NotUp(told);
    }

    /** Whether the time is over. */
    boolean isOver() {
        return !now.isBefore(until);
    }

    private Optional<Failing> failing(Pod pod) {
        return Failures.of(pod, now).stream().filter(this::isNew).findFirst().map(failure -> new Failing(failure, pod));
    }

    /** What a container that was resized in place died of before is not the change's fault. */
    private boolean isNew(Failure failure) {
        return switch (failure) {
            case Failure.OomKilled(var _, var last, var _) -> isNew(last);
            case Failure.CrashLoop(var _, var last, var _) -> isNew(last);
            case Failure.ImagePull _ -> true;
        };
    }

    private boolean isNew(Termination last) {
        return last.finished().map(finished -> finished.isAfter(since)).orElse(true);
    }

    private boolean hasLivedLongEnough(Pod pod) {
        var statuses = pod.getStatus() == null
                ? List.<ContainerStatus>of()
                : pod.getStatus().getContainerStatuses();
        return Remedies.isReady(pod) && !statuses.isEmpty() && statuses.stream().allMatch(this::hasLivedLongEnough);
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
