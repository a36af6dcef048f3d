package dev.kubesent.failure;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the failures of a pod: one at most for each container, whose first detector to answer wins; else one of the pod. */
public final class Failures {

    /** A container that has been running again for so long has recovered: what ended it is no news any more. */
    public static final Duration NEWS_FOR = Detector.RECOVERED_AFTER;

    /** The OOM first: it is what a crash loop it causes is about. */
    private static final List<Detector> DETECTORS =
            List.of(new OomKilledDetector(), new ImagePullDetector(), new CrashLoopDetector());

    private Failures() {}

    /** @param now tells a container that has just been restarted from one that has long recovered */
    public static List<Failure> of(Pod pod, Instant now) {
        var status = pod.getStatus();
        if (status == null || pod.getSpec() == null || endedByDesign(pod, status)) {
            return List.of();
        }
        var found = new ArrayList<Failure>();
        for (var container : status.getInitContainerStatuses()) {
            detect(pod, container, Subjects.initRole(pod.getSpec(), container.getName()), now)
                    .ifPresent(found::add);
        }
        for (var container : status.getContainerStatuses()) {
            detect(pod, container, Subject.Role.CONTAINER, now).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            PendingDetector.detect(pod, now).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /**
     * Such pods stay until 12,500 of them are there (terminated-pod-gc-threshold), and would be seen with each sweep: as long as they are, their
     * workload counts among those that fail together.
     */
    private static final Duration NEWS = Duration.ofMinutes(30);

    /** The same as {@link #all}, without pods that have been over for long. */
    public static List<Failure> news(Pod pod, Instant now) {
        return all(pod, now).stream()
                .filter(failure -> !(failure instanceof Failure.Ended ended)
                        || ended.at().plus(NEWS).isAfter(now))
                .toList();
    }

    /**
     * The same; and where nothing of a container fails, what is wrong with the pod as a whole: it is over, never ready, or does not get past an init
     * container. That is told, and it is no failure to whoever counts the pods that fail.
     */
    public static List<Failure> all(Pod pod, Instant now) {
        var status = pod.getStatus();
        var failing = of(pod, now);
        if (!failing.isEmpty()
                || status == null
                || pod.getSpec() == null
                || pod.getMetadata().getDeletionTimestamp() != null) {
            return failing;
        }
        var told = EndedDetector.detect(pod);
        if (told.isEmpty() && !endedByDesign(pod, status)) {
            told = NotReadyDetector.detect(pod, now).or(() -> InitializingDetector.detect(pod, now));
        }
        return told.stream().toList();
    }

    private static Optional<Failure> detect(Pod pod, ContainerStatus status, Subject.Role role, Instant now) {
        var subject = Subjects.of(pod, status, role);
        var view = new ContainerView(
                subject, image(pod.getSpec(), status), restarts(pod, role), status, resized(pod), now);
        return DETECTORS.stream()
                .flatMap(detector -> detector.detect(view).stream())
                .findFirst();
    }

    /** When the pod was last resized in place, as its managedFields tell; empty where it never was. */
    private static Optional<Instant> resized(Pod pod) {
        return pod.getMetadata().getManagedFields().stream()
                .filter(entry -> "resize".equals(entry.getSubresource()) && entry.getTime() != null)
                .map(entry -> Instant.parse(entry.getTime()))
                .max(Comparator.naturalOrder());
    }

    private static ContainerView.Restarts restarts(Pod pod, Subject.Role role) {
        if (role == Subject.Role.SIDECAR) {
            return ContainerView.Restarts.ALWAYS;
        }
        var policy = Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always");
        if (policy.equals("Never")) {
            return ContainerView.Restarts.NEVER;
        }
        return role == Subject.Role.INIT_CONTAINER || policy.equals("OnFailure")
                ? ContainerView.Restarts.ON_FAILURE
                : ContainerView.Restarts.ALWAYS;
    }

    /** Deleted, finished, evicted, preempted or past its deadline: nothing that its containers show is a failure of theirs. */
    private static boolean endedByDesign(Pod pod, PodStatus status) {
        return pod.getMetadata().getDeletionTimestamp() != null
                || "Succeeded".equals(status.getPhase())
                || "Failed".equals(status.getPhase()) && status.getReason() != null
                || status.getConditions().stream().anyMatch(Failures::disrupted);
    }

    private static boolean disrupted(PodCondition condition) {
        return "DisruptionTarget".equals(condition.getType()) && "True".equals(condition.getStatus());
    }

    /** As the spec asks for it; the status may show another name of the same image. */
    private static String image(PodSpec spec, ContainerStatus status) {
        return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .filter(c -> c.getName().equals(status.getName()))
                .map(Container::getImage)
                .findFirst()
                .orElse(Objects.requireNonNullElse(status.getImage(), ""));
    }
}
