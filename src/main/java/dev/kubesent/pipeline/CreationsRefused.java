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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the workloads of a namespace whose controllers may not create their pods. What cannot be read is not told of, and keeps nothing else of the
 * namespace from being told.
 */
record CreationsRefused(ClusterReader reader, Instant now) {

    private static final Logger LOG = LoggerFactory.getLogger(CreationsRefused.class);

    /** Of each kind, in a namespace. */
    private static final Bound WORKLOADS = Bound.of(1_000);

    /** Those that lack pods and whose events are looked at; of each kind. */
    private static final int ASKED = 50;

    List<LostRuns.Lost> of(String namespace) {
        return Stream.<Supplier<List<LostRun>>>of(
                        () -> deployments(namespace),
                        () -> refused(lacking(StatefulSet.class, namespace, PodsNotCreated::lacksPods)),
                        () -> refused(lacking(DaemonSet.class, namespace, PodsNotCreated::lacksPods)))
                .flatMap(look -> readable(namespace, look).stream())
                .map(lost -> new LostRuns.Lost(lost, Optional.empty()))
                .toList();
    }

    private static List<LostRun> readable(String namespace, Supplier<List<LostRun>> look) {
        try {
            return look.get();
        } catch (ClusterException e) {
            LOG.info("whether pods may be created in {} is not looked at: {}", namespace, e.getMessage());
            return List.of();
        }
    }

    private List<LostRun> deployments(String namespace) {
        var refused = new ArrayList<LostRun>();
        reader.each(
                Deployment.class,
                Selection.of(namespace),
                WORKLOADS,
                one -> PodsNotCreated.detect(one, now).ifPresent(refused::add));
        return refused;
    }

    private <T extends HasMetadata> List<ObjectRef> lacking(Class<T> type, String namespace, Predicate<T> lacksPods) {
        var lacking = new ArrayList<ObjectRef>();
        reader.each(type, Selection.of(namespace), WORKLOADS, one -> {
            if (lacking.size() < ASKED && lacksPods.test(one)) {
                lacking.add(ObjectRef.of(one));
            }
        });
        return lacking;
    }

    private List<LostRun> refused(List<ObjectRef> lacking) {
        return lacking.stream().flatMap(one -> refused(one).stream()).toList();
    }

    private Optional<LostRun> refused(ObjectRef lacking) {
        return LostRuns.events(reader, lacking).flatMap(events -> PodsNotCreated.detect(lacking, events, now));
    }
}
