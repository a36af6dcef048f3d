package dev.kubesent.pipeline;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selection;
import dev.kubesent.failure.LostRun;
import dev.kubesent.failure.PodsNotCreated;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the workloads of a namespace whose controllers may not create their pods. What may not be listed is not told of. */
record CreationsRefused(ClusterReader reader, Instant now) {

    private static final Logger LOG = LoggerFactory.getLogger(CreationsRefused.class);

    /** Of each kind, in a namespace. */
    private static final Bound WORKLOADS = Bound.of(1_000);

    /** Those that lack pods and whose events are looked at; of each kind. */
    private static final int ASKED = 50;

    List<LostRuns.Lost> of(String namespace) {
        return Stream.of(
                        deployments(namespace).stream(),
                        lacking(StatefulSet.class, namespace, PodsNotCreated::lacksPods).stream()
                                .flatMap(set -> refused(set).stream()),
                        lacking(DaemonSet.class, namespace, PodsNotCreated::lacksPods).stream()
                                .flatMap(set -> refused(set).stream()))
                .flatMap(lost -> lost)
                .map(lost -> new LostRuns.Lost(lost, Optional.empty()))
                .toList();
    }

    private List<LostRun> deployments(String namespace) {
        var refused = new ArrayList<LostRun>();
        each(Deployment.class, namespace, one -> PodsNotCreated.detect(one, now).ifPresent(refused::add));
        return refused;
    }

    private <T extends HasMetadata> List<ObjectRef> lacking(Class<T> type, String namespace, Predicate<T> lacksPods) {
        var lacking = new ArrayList<ObjectRef>();
        each(type, namespace, one -> {
            if (lacking.size() < ASKED && lacksPods.test(one)) {
                lacking.add(ObjectRef.of(one));
            }
        });
        return lacking;
    }

    private <T extends HasMetadata> void each(Class<T> type, String namespace, Consumer<T> visitor) {
        try {
            reader.each(type, Selection.of(namespace), WORKLOADS, visitor);
        } catch (ClusterException e) {
            if (!e.isForWantOfARight()) {
                throw e;
            }
            LOG.info("whether pods may be created in {} is not looked at: {}", namespace, e.getMessage());
        }
    }

    private Optional<LostRun> refused(ObjectRef lacking) {
        var events = reader.eventsAbout(lacking).stream()
                .filter(event -> event.getInvolvedObject() == null
                        || event.getInvolvedObject().getUid() == null
                        || Objects.equals(event.getInvolvedObject().getUid(), lacking.uid()))
                .toList();
        return PodsNotCreated.detect(lacking, events, now);
    }
}
