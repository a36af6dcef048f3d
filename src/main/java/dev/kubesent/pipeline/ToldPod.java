package dev.kubesent.pipeline;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.PodEvent;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * A pod as an event tells it: a hint, never the truth.
 *
 * @param namespace as the event was addressed, which is what is looked at
 * @param name likewise
 * @param uid as the event tells it, which may be another pod's
 * @param version of the object, as the event has it; empty where it has none
 * @param failures by which their incidents are known; empty where nothing fails
 */
record ToldPod(String namespace, String name, String uid, String version, Set<FailureKey> failures) {

    /** Bytes. A pod of 50 KB is a large one already; to read one of 2 MiB takes a tenth of a second. */
    private static final int LARGE = 64 << 10;

    /** Large ones that are read at the same time: requests, probes among them, share the processors with them. */
    private static final Semaphore ROOM = new Semaphore(2);

    /** Empty where the event has no pod. @throws UnusablePodException where the event's data is JSON, and no pod @throws RejectedExecutionException where too many are being read */
    static Optional<ToldPod> of(PodEvent event, Instant now) {
        return event.body().map(json -> parse(event, json, now));
    }

    private static ToldPod parse(PodEvent event, byte[] json, Instant now) {
        var isLarge = json.length > LARGE;
        if (isLarge && !ROOM.tryAcquire()) {
            throw new RejectedExecutionException("as many large pods as allowed are being read");
        }
        try {
            var pod = KubernetesJson.parseJson(json, Pod.class);
            var failures = Failures.news(pod, now).stream()
                    .map(failure -> FailureKey.told(failure, pod))
                    .collect(Collectors.toSet());
            var meta = pod.getMetadata();
            return new ToldPod(
                    event.namespace().text(),
                    event.name().text(),
                    meta.getUid(),
                    Objects.requireNonNullElse(meta.getResourceVersion(), ""),
                    failures);
        } catch (IOException | RuntimeException e) {
            // What the API server would never send: no pod, a container without a name, a time that is none.
            throw new UnusablePodException(firstLine(e), e);
        } finally {
            if (isLarge) {
                ROOM.release();
            }
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether that is the same pod, and not another of its name. */
    boolean isOf(Pod live) {
        return live.getMetadata().getUid().equals(uid);
    }
}
