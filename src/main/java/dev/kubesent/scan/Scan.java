package dev.kubesent.scan;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ControllerRef;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.command.Target;
import dev.kubesent.event.PodEvents;
import dev.kubesent.event.Sighting;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.incident.Incidents;
import dev.kubesent.scan.Diagnoser.Belonging;
import dev.kubesent.text.Effort;
import io.fabric8.kubernetes.api.model.OwnerReference;
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

    /** Failures that are diagnosed: each takes some ten reads. Of more, the others are counted. */
    private static final int MOST = 500;

    /** Pods of one failure that are kept: the first that its controller made is diagnosed. Anybody may make one that claims to be of it. */
    private static final int KEPT = 3;

    /** Of the others the names: they are read anew where all that are kept only claim to be of it, so that these hide nothing. */
    private static final int MOST_CLAIMING = 50;

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

    /** One failure of some pods, with the first that show it. */
    private static final class Shown {
        private final String key;
        private final List<Seen> first = new ArrayList<>();
        private final List<ObjectRef> others = new ArrayList<>();
        private int pods;

        private Shown(String key) {
            this.key = key;
        }

        private void add(Failure failure, Pod pod) {
            pods++;
            if (first.size() < KEPT) {
                first.add(new Seen(failure, pod));
            } else if (others.size() < MOST_CLAIMING) {
                others.add(ObjectRef.of(pod));
            }
        }
    }

    private record Seen(Failure failure, Pod pod) {}

    /** What is found, and what is not, while it goes on. */
    private static final class Findings {
        private final Map<String, Shown> shown = new LinkedHashMap<>();
        private final List<String> unread = new ArrayList<>();
        private int beyond;

        private synchronized void unread(String line) {
            if (!unread.contains(line)) {
                unread.add(line);
            }
        }
    }

    /**
     * @param namespace empty for all
     * @throws ClusterException where the pods cannot be read at all
     */
    ScanReport of(String namespace, Optional<Target> target) {
        var findings = new Findings();
        int pods = 0;
        var next = "";
        do {
            var page = cluster.podPage(namespace, next, Scan::isSuspicious);
            for (var json : page.pods()) {
                look(json, target, findings);
            }
            pods += page.looked();
            progress.accept(pods);
            next = page.next();
        } while (!next.isEmpty());
        if (findings.beyond > 0) {
            findings.unread("%d more failing pods, beyond %d failures; scan one namespace (-n) or one workload"
                    .formatted(findings.beyond, MOST));
        }
        return new ScanReport(pods, diagnosed(findings, target), findings.unread);
    }

    private static boolean isSuspicious(byte[] json) {
        return PodEvents.sight(json, "scan") instanceof Sighting.Suspicious;
    }

    private void look(byte[] json, Optional<Target> target, Findings findings) {
        if (!(PodEvents.sight(json, "scan") instanceof Sighting.Suspicious(var seen))) {
            return;
        }
        try {
            var pod = KubernetesJson.parseJson(json, Pod.class);
            var controller = ControllerRef.of(pod).map(OwnerReference::getName).orElse("");
            if (target.filter(wanted -> !wanted.mayBe(pod.getMetadata().getName(), controller))
                    .isPresent()) {
                return;
            }
            for (var failure : Failures.all(pod, now)) {
                var key = key(failure, pod);
                if (findings.shown.size() < MOST || findings.shown.containsKey(key)) {
                    findings.shown.computeIfAbsent(key, Shown::new).add(failure, pod);
                } else {
                    findings.beyond++;
                }
            }
        } catch (IOException | RuntimeException e) {
            findings.unread("pod %s/%s: %s"
                    .formatted(seen.namespace().text(), seen.name().text(), firstLine(e)));
        }
    }

    /** What makes failures the same one: they would have one incident. */
    private static String key(Failure failure, Pod pod) {
        var namespace = pod.getMetadata().getNamespace();
        var controller = ControllerRef.of(pod).map(owner -> ObjectRef.of(owner, namespace));
        return namespace + "/" + Incidents.nameOf(failure, pod, controller);
    }

    private List<Found> diagnosed(Findings findings, Optional<Target> target) {
        try (var executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var running = findings.shown.values().stream()
                    .map(one -> executor.submit(() -> diagnosed(one, target, findings)))
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

    /** Those that only claim to be of the workload are told for themselves: they must not stand for it. */
    private List<Found> diagnosed(Shown shown, Optional<Target> target, Findings findings) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < shown.first.size(); i++) {
            if (isOfItsWorkload(shown.first.get(i), shown.pods - i, target, findings, found)) {
                return found;
            }
        }
        for (int i = 0; i < shown.others.size(); i++) {
            var seen = again(shown.others.get(i), shown.key, findings);
            if (seen.isPresent() && isProven(seen.get().pod, findings)) {
                isOfItsWorkload(seen.get(), shown.pods - shown.first.size() - i, target, findings, found);
                return found;
            }
        }
        if (shown.pods > shown.first.size()) {
            findings.unread("%d more failing pods name the owner of %s; that could not be proven of any of them"
                    .formatted(shown.pods - shown.first.size(), name(shown.first.getFirst().pod)));
        }
        return found;
    }

    /** @return whether its controller made it, so that it stands for the others */
    private boolean isOfItsWorkload(
            Seen seen, int pods, Optional<Target> target, Findings findings, List<Found> found) {
        try {
            var isProven = diagnoser.isProven(seen.pod);
            switch (target.map(wanted -> diagnoser.belongs(seen.pod, wanted)).orElse(Belonging.YES)) {
                case YES ->
                    found.add(Effort.within(
                            Effort.OF_AN_INCIDENT, () -> diagnoser.of(seen.failure, seen.pod, isProven ? pods : 1)));
                case UNTOLD ->
                    findings.unread(
                            "%s: it fails, but scan cannot say whether it belongs to %s: its owner is not proven, or you may not read it. Scan the pod itself"
                                    .formatted(
                                            name(seen.pod),
                                            target.map(Target::toString).orElse("")));
                case NO -> {}
            }
            return isProven;
        } catch (ClusterException e) {
            findings.unread(name(seen.pod) + ": " + e.getMessage());
        } catch (RuntimeException e) {
            findings.unread(name(seen.pod) + ": a defect of KubeSent: " + e);
        }
        return false;
    }

    private boolean isProven(Pod pod, Findings findings) {
        try {
            return diagnoser.isProven(pod);
        } catch (ClusterException e) {
            findings.unread(name(pod) + ": " + e.getMessage());
            return false;
        }
    }

    /** As it is now, where it still fails so. */
    private Optional<Seen> again(ObjectRef ref, String key, Findings findings) {
        try {
            return cluster.get(Pod.class, ref.namespace(), ref.name())
                    .flatMap(pod -> Failures.all(pod, now).stream()
                            .filter(failure -> key(failure, pod).equals(key))
                            .findFirst()
                            .map(failure -> new Seen(failure, pod)));
        } catch (ClusterException e) {
            findings.unread("pod %s/%s: %s".formatted(ref.namespace(), ref.name(), e.getMessage()));
            return Optional.empty();
        }
    }

    private static String name(Pod pod) {
        return "pod %s/%s"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }

    private static List<Found> ended(Future<List<Found>> one) {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a defect of KubeSent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
