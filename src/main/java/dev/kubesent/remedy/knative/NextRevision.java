package dev.kubesent.remedy.knative;

import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Readiness;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.Descent;
import dev.kubesent.remedy.engine.LivePod;
import dev.kubesent.remedy.engine.Survival;
import dev.kubesent.remedy.engine.Survival.Alive;
import dev.kubesent.remedy.engine.Survival.NotUp;
import dev.kubesent.remedy.engine.Survival.Overtaken;
import dev.kubesent.remedy.engine.Survival.Watching;
import dev.kubesent.remedy.engine.Tally;
import dev.kubesent.remedy.engine.Watch;
import io.fabric8.knative.serving.v1.Revision;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Revision that Knative makes of a changed Service. It gets traffic only once it is ready, so a bad one harms nobody; without traffic it
 * goes down to zero, and that is no failure.
 */
public record NextRevision(ClusterReader reader, GenericKubernetesResource live, Descent descent) {

    public NextRevision(ClusterReader reader, GenericKubernetesResource live) {
        this(reader, live, new Descent(reader));
    }

    /** Knative's own labels (serving.knative.dev). */
    private static final String SERVICE = "serving.knative.dev/service";

    public static final String REVISION = "serving.knative.dev/revision";

    /** Knative scales up to a thousand only for whoever sets it so. */
    private static final Bound MOST = Bound.of(2_000);

    private static final String INITIAL_SCALE = "autoscaling.knative.dev/initial-scale";

    public Survival verify(MemoryRaise raise, Watch watch) {
        var revision = made().flatMap(this::revision);
        if (revision.filter(made -> has(made, raise)).isEmpty()) {
            return soon(watch, "Knative has made no Revision of it yet");
        }
        var name = revision.get().getMetadata().getName();
        var judged = judged(name, raise::isIn, watch, Fault.ofMemory(raise.container()));
        if (judged.isPresent()) {
            return judged.get();
        }
        if (!Readiness.of(revision.get())) {
            return soon(watch, "Revision " + name + " is not ready");
        }
        if (watch.since().plus(watch.mustLive()).isAfter(watch.now())) {
            return new Watching("Revision " + name + " is ready");
        }
        return "0".equals(annotation(revision.get(), INITIAL_SCALE))
                ? new Overtaken("Revision " + name + " is ready without ever having had a pod: nothing has shown it")
                : new Alive("Revision " + name + " became ready, and has no pods because it gets no traffic");
    }

    private static Survival soon(Watch watch, String why) {
        return watch.isOver() ? new NotUp(why) : new Watching(why);
    }

    /** The name of the newest; where making the next one fails, that is still the one before, so it is looked at. */
    private Optional<String> made() {
        var service = KubernetesJson.as(KubernetesJson.tree(live), Service.class);
        return Optional.ofNullable(service.getStatus()).map(ServiceStatus::getLatestCreatedRevisionName);
    }

    private Optional<Revision> revision(String name) {
        var ref = new ObjectRef(
                WorkloadKind.KNATIVE_REVISION.apiVersion(),
                WorkloadKind.KNATIVE_REVISION.kind(),
                live.getMetadata().getNamespace(),
                name,
                "");
        return reader.get(ref).map(found -> KubernetesJson.as(KubernetesJson.tree(found), Revision.class));
    }

    private static boolean has(Revision revision, MemoryRaise raise) {
        return revision.getSpec().getContainers().stream()
                .filter(container -> raise.container().equals(container.getName()))
                .flatMap(container -> Stream.ofNullable(container.getResources()))
                .flatMap(resources -> Stream.ofNullable(resources.getLimits()))
                .flatMap(limits -> Stream.ofNullable(limits.get("memory")))
                .anyMatch(limit -> raise.to().equals(Memory.of(limit)));
    }

    private static String annotation(Revision revision, String key) {
        var annotations = revision.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    /** How the pods of one Revision do that are not on their way out; empty where there is none. */
    public Optional<Survival> judged(String revision, Predicate<Pod> which, Watch watch, Fault cured) {
        var tally = new Tally(watch, cured);
        var extent = look(Map.of(REVISION, revision), which, tally);
        return Optional.of(tally).filter(seen -> seen.looked() > 0).map(seen -> watch.judge(seen, 1, extent));
    }

    /** Of the Service by their owners: a label is anybody's. */
    private Extent look(Map<String, String> labels, Predicate<Pod> which, Consumer<Pod> visitor) {
        var pods = Selection.of(live.getMetadata().getNamespace()).labelled(labels);
        var made = descent.below(live.getMetadata().getUid(), pods, MOST);
        var extent = reader.each(Pod.class, pods, MOST, pod -> {
            if (!LivePod.isTerminating(pod) && made.isBy(pod) && which.test(pod)) {
                visitor.accept(pod);
            }
        });
        return made.isWhole() ? extent : Extent.CUT;
    }

    /** Or would be, with traffic. */
    public boolean isReady(String name) {
        return revision(name).filter(Readiness::of).isPresent();
    }

    /** Whether there are such, of whatever Revision of the Service; where that cannot be told, there are. */
    public boolean has(Predicate<Pod> which) {
        var count = new AtomicInteger();
        var extent = look(Map.of(SERVICE, live.getMetadata().getName()), which, _ -> count.incrementAndGet());
        return count.get() > 0 || !extent.isWhole();
    }
}
