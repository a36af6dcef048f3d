package dev.kubesent.scan;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Sighting;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.incident.Incidents;
import dev.kubesent.text.Effort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Looks at the pods of a namespace, or of all, page by page, and diagnoses each failure once, whatever number of pods show it. Of a pod that is well
 * nothing is kept.
 */
final class Scan {

    /** Failures that are diagnosed: each takes some ten reads. Of more, the others are said to be there. */
    private static final int MOST = 500;

    /** Diagnosed at the same time: what kubectl asks of an API server at once. */
    private static final int AT_ONCE = 8;

    private final ClusterReader cluster;
    private final Diagnoser diagnoser;
    private final Instant now;
    private final IntConsumer progress;

    /** @param progress is told how many pods were looked at so far */
    Scan(ClusterReader cluster, Diagnoser diagnoser, Instant now, IntConsumer progress) {
        this.cluster = cluster;
        this.diagnoser = diagnoser;
        this.now = now;
        this.progress = progress;
    }

    /** One failure of some pods, with the first that showed it. */
    private static final class Shown {
        private final Failure failure;
        private final Pod pod;
        private int pods = 1;

        private Shown(Failure failure, Pod pod) {
            this.failure = failure;
            this.pod = pod;
        }
    }

    /**
     * @param namespace empty for all
     * @throws ClusterException where the pods cannot be read at all
     */
    ScanReport of(String namespace, Optional<Target> target) {
        var shown = new LinkedHashMap<String, Shown>();
        var unread = new ArrayList<String>();
        int pods = 0;
        var next = "";
        do {
            var page = cluster.podPage(namespace, next);
            for (var json : page.pods()) {
                look(json, shown, unread);
            }
            pods += page.pods().size();
            progress.accept(pods);
            next = page.next();
        } while (!next.isEmpty());
        var found = diagnosed(shown, target, unread);
        return new ScanReport(pods, found, unread);
    }

    private void look(byte[] json, Map<String, Shown> shown, List<String> unread) {
        if (!(PodEvents.sight(json, "scan") instanceof Sighting.Suspicious(var seen))) {
            return;
        }
        try {
            var pod = KubernetesJson.parseJson(json, Pod.class);
            for (var failure : Failures.all(pod, now)) {
                shown.merge(key(failure, pod), new Shown(failure, pod), (known, _) -> {
                    known.pods++;
                    return known;
                });
            }
        } catch (IOException | RuntimeException e) {
            unread.add("pod %s/%s: %s"
                    .formatted(seen.namespace().text(), seen.name().text(), firstLine(e)));
        }
    }

    /** What makes failures the same one: they would have one incident. */
    private static String key(Failure failure, Pod pod) {
        var namespace = pod.getMetadata().getNamespace();
        var controller = ControllerRef.of(pod).map(owner -> ObjectRef.of(owner, namespace));
        return namespace + "/" + Incidents.nameOf(failure, pod, controller);
    }

    private List<Found> diagnosed(Map<String, Shown> shown, Optional<Target> target, List<String> unread) {
        if (shown.size() > MOST) {
            unread.add("more than %d failures: the others are not diagnosed; scan one namespace (-n)".formatted(MOST));
        }
        try (var executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var running = shown.values().stream()
                    .limit(MOST)
                    .map(one -> executor.submit(() -> diagnosed(one, target, unread)))
                    .toList();
            return running.stream()
                    .flatMap(one -> ended(one).stream())
                    .sorted(Comparator.comparing(Found::namespace)
                            .thenComparing(
                                    Comparator.comparing(Found::confidence).reversed())
                            .thenComparing(Found::workload))
                    .toList();
        }
    }

    private Optional<Found> diagnosed(Shown one, Optional<Target> target, List<String> unread) {
        try {
            return Effort.within(Effort.OF_AN_INCIDENT, () -> diagnoser.of(one.failure, one.pod, one.pods, target));
        } catch (ClusterException e) {
            var meta = one.pod.getMetadata();
            synchronized (unread) {
                unread.add("pod %s/%s: %s".formatted(meta.getNamespace(), meta.getName(), e.getMessage()));
            }
            return Optional.empty();
        }
    }

    private static Optional<Found> ended(Future<Optional<Found>> one) {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a defect of KubeSent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
