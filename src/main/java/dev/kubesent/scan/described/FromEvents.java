package dev.kubesent.scan.described;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the events say that kubectl does not print, or that was not pasted. The kubelet and the scheduler write the same message into an event and into the
 * status, and kubectl prints it of the event alone.
 */
record FromEvents(EventTable events) {

    private static final Set<String> PULL = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");

    private static final Set<String> NOT_SET_UP =
            Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume", "FailedCreatePodSandBox");

    private static final Pattern CONTAINER = Pattern.compile(
            "(?:Created container:? |Started container |restarting failed container[ =]|container \"|Container"
                    + " )([a-z0-9][-a-z0-9]{0,62})(?:\"| |,|$)");

    private static final Pattern ASSIGNED = Pattern.compile("Successfully assigned ([-a-z0-9]+/[-a-z0-9.]+) to ");

    private static final Pattern IN_POD = Pattern.compile("in pod ([-a-z0-9.]+)_([-a-z0-9]+)\\(");

    private static final Pattern IMAGE = Pattern.compile(
            "(?:Pulling image|Failed to pull image|Back-off pulling image|Container image) \"([^\"]{1,300})\"");

    /** From a container's start to its first failed probe: more than the delay that most have. */
    private static final Duration TO_THE_FIRST = Duration.ofMinutes(2);

    private static final List<String> OF_CONFIGURATION =
            List.of("couldn't find key", "configmap \"", "secret \"", "references non-existent config key");

    /** As {@code namespace/name}. */
    Optional<String> pod() {
        return events.part(ASSIGNED)
                .or(() -> events.rows().stream()
                        .map(row -> IN_POD.matcher(row.message()))
                        .filter(com.google.re2j.Matcher::find)
                        .map(found -> found.group(2) + "/" + found.group(1))
                        .findFirst());
    }

    Optional<String> container() {
        return events.rows().stream()
                .map(EventRow::container)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .or(() -> events.part(CONTAINER));
    }

    Optional<String> image() {
        return events.part(IMAGE);
    }

    /** The message of the scheduler, where it found no node in the end. */
    Optional<String> notScheduled() {
        return events.has("Scheduled")
                ? Optional.empty()
                : events.last("FailedScheduling").map(EventRow::message);
    }

    /** Whether the pod waits for its sandbox or its volumes: such an event, and nothing was begun after it. */
    boolean isNotSetUp() {
        var begun = Set.of("Pulling", "Pulled", "Created", "Started", "BackOff");
        var last = events.rows().stream()
                .filter(row -> NOT_SET_UP.contains(row.reason()) || begun.contains(row.reason()))
                .reduce((_, later) -> later);
        return last.filter(row -> NOT_SET_UP.contains(row.reason())).isPresent();
    }

    /** Why a container waits: the last that the kubelet says failed, and says more of than the reason. */
    String said(String container, String image) {
        return events.rows().stream()
                .filter(row ->
                        Set.of("Failed", "InspectFailed", "ErrImageNeverPull").contains(row.reason()))
                .filter(row -> row.mayConcern(container))
                .map(FromEvents::withoutHead)
                .filter(message -> !PULL.contains(message) && concerns(message, image))
                .reduce((_, last) -> last)
                .orElse("");
    }

    private static boolean concerns(String message, String image) {
        return !message.startsWith("Failed to pull image \"")
                || message.startsWith("Failed to pull image \"" + image + "\"");
    }

    private static String withoutHead(EventRow row) {
        return row.message().startsWith("Error: ") ? row.message().substring("Error: ".length()) : row.message();
    }

    /** Why the container waits, where its state was not pasted; empty where the events do not tell. */
    Optional<String> reason() {
        for (var row : events.rows().reversed()) {
            var message = withoutHead(row);
            if (row.reason().equals("BackOff") && message.contains("restarting failed container")) {
                return Optional.of("CrashLoopBackOff");
            }
            if (row.reason().equals("BackOff") || message.startsWith("Failed to pull image")) {
                return Optional.of("ImagePullBackOff");
            }
            if (row.reason().equals("Failed")) {
                return Optional.of(PULL.contains(message) ? message : ofStart(message));
            }
        }
        return Optional.empty();
    }

    private static String ofStart(String message) {
        return OF_CONFIGURATION.stream().anyMatch(message::contains)
                ? "CreateContainerConfigError"
                : "CreateContainerError";
    }

    /**
     * Whether its readiness probe has failed ever since it runs, as far as is told: such an event, and it is about as old.
     *
     * @param running for how long, at least; empty where that is not told
     */
    boolean isNeverReady(Optional<Duration> running) {
        return events.rows().stream()
                .filter(row -> row.reason().equals("Unhealthy")
                        && row.message().startsWith("Readiness probe")
                        && row.count() > 1)
                .flatMap(row -> row.firstSeen().stream())
                .anyMatch(since -> running.isEmpty() || since.plus(TO_THE_FIRST).compareTo(running.get()) >= 0);
    }
}
