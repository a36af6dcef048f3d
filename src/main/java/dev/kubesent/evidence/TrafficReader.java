package dev.kubesent.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Readiness;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.revision.LatestTraffic;
import dev.kubesent.evidence.revision.Revision;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at the Revisions of a Knative Service (knative.dev, "Traffic management"). */
record TrafficReader(ClusterReader cluster, Instant now) {

    private static final String SERVICE = "serving.knative.dev/service";
    private static final String REVISION = "serving.knative.dev/revision";
    private static final Bound MOST = Bound.of(1_000);

    private static final String GENERATION = "serving.knative.dev/configurationGeneration";

    TrafficFacts facts(Failure failure, Pod pod, OwnerChain owners) {
        var top = owners.knownTop().filter(known -> known.kind() == WorkloadKind.KNATIVE_SERVICE);
        var own = label(pod, REVISION);
        // Nobody goes back for memory: the template gets more.
        if (top.isEmpty() || failure instanceof Failure.OomKilled || !hasTheTraffic(top.get(), own)) {
            return TrafficFacts.NONE;
        }
        var name = top.get().ref().name();
        var descent = new Descent(cluster);
        var revisions = cluster
                .list(
                        WorkloadKind.KNATIVE_REVISION.apiVersion(),
                        WorkloadKind.KNATIVE_REVISION.kind(),
                        top.get().ref().namespace())
                .stream()
                .filter(one -> name.equals(label(one, SERVICE)))
                .map(one -> revision(one, descent))
                .toList();
        var broken = revisions.stream()
                .filter(one -> one.name().equals(own) && one.ready() == 0 && one.failing() > 0)
                .findFirst();
        return broken.map(one -> new TrafficFacts(broken, good(one, revisions))).orElse(TrafficFacts.NONE);
    }

    /** All of it, by being the latest, as it is where nobody has said otherwise; and it was ready once, or it would not be the latest that was. */
    private static boolean hasTheTraffic(OwnerChain.Known top, String own) {
        var service = KubernetesJson.as(KubernetesJson.tree(top.object()), Service.class);
        var status = service.getStatus();
        return status != null
                && own.equals(status.getLatestCreatedRevisionName())
                && own.equals(status.getLatestReadyRevisionName())
                && LatestTraffic.isUntouched(service);
    }

    private static Optional<Revision> good(Revision broken, List<Revision> all) {
        return all.stream()
                .filter(one -> one.number() < broken.number() && one.steady() > 0 && one.failing() == 0)
                .max(Comparator.comparingLong(Revision::number));
    }

    /** One that Knative calls ready counts as steady, as it is scaled to zero without traffic. */
    private Revision revision(GenericKubernetesResource object, Descent descent) {
        var name = object.getMetadata().getName();
        var namespace = object.getMetadata().getNamespace();
        var which = Selection.of(namespace).labelled(Map.of(REVISION, name));
        var made = descent.below(object.getMetadata().getUid(), which, MOST);
        var ready = new AtomicInteger();
        var failing = new AtomicInteger();
        var extent = cluster.each(Pod.class, which, MOST, pod -> {
            if (pod.getMetadata().getDeletionTimestamp() == null && made.isBy(pod)) {
                ready.addAndGet(Readiness.of(pod) ? 1 : 0);
                failing.addAndGet(Failures.of(pod, now).isEmpty() ? 0 : 1);
            }
        });
        // Of those that were not looked at one may be ready, and another fail: neither is it broken, then, nor good.
        var unseen = extent.isWhole() && made.isWhole() ? 0 : 1;
        return new Revision(
                name,
                name,
                generation(object),
                template(object),
                Readiness.of(object) ? 1 : 0,
                ready.get() + unseen,
                failing.get() + unseen);
    }

    private static long generation(GenericKubernetesResource object) {
        var text = label(object, GENERATION);
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    private static JsonNode template(GenericKubernetesResource object) {
        return JsonNodeFactory.instance
                .objectNode()
                .set("spec", KubernetesJson.tree(object).path("spec"));
    }

    private static String label(io.fabric8.kubernetes.api.model.HasMetadata object, String key) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of())
                .getOrDefault(key, "");
    }
}
