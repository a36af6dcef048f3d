package dev.kubesent.pipeline;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pod as an event tells it: a hint, never the truth.
 *
 * @param failures by which their incidents are known; empty where nothing fails
 */
record ToldPod(String uid, Set<FailureKey> failures) {

    /** @throws UnusablePodException where the event's data is JSON, and no pod */
    static ToldPod parse(byte[] json, Instant now) {
        try {
            var pod = KubernetesJson.parseJson(json, Pod.class);
            var failures = Failures.of(pod, now).stream()
                    .map(failure -> FailureKey.told(failure, pod))
                    .collect(Collectors.toSet());
            return new ToldPod(pod.getMetadata().getUid(), failures);
        } catch (IOException | RuntimeException e) {
            // What the API server would never send: no pod, a container without a name, a time that is none.
            throw new UnusablePodException(firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
