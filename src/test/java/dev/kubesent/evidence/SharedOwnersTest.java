package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.CountingReader;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.reads.AtReads;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read once for many is what is there, some seconds old at most, and never says that something is gone. */
class SharedOwnersTest {

    private static final String NAMESPACE = "demo";

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-30T14:00:00Z"));
    private final InMemoryCluster cluster = new InMemoryCluster(clock);
    private final CountingReader counting = new CountingReader();
    private final SharedOwners shared = new SharedOwners(ports().reader(), clock);

    private Ports ports() {
        return counting.around(new Ports(cluster, cluster.dryRun(), cluster, cluster, _ -> {}));
    }

    @BeforeEach
    void fifty_of_a_kind() {
        IntStream.range(0, 50).forEach(number -> load("ReplicaSet", "web-" + number, "uid-" + number));
        shared.expectSeveral(NAMESPACE);
    }

    @Test
    void fifty_are_one_read_and_each_is_what_the_cluster_has() {
        for (int number = 0; number < 50; number++) {
            var ref = ref("ReplicaSet", "web-" + number, "uid-" + number);

            assertThat(shared.get(ref).map(KubernetesJson::json))
                    .isEqualTo(cluster.get(ref).map(KubernetesJson::json))
                    .isPresent();
        }
        assertThat(counting.reads()).hasSize(1);
    }

    /** The second asks while the first still reads. */
    @Test
    void two_readers_at_once_are_one_read() throws InterruptedException {
        var two = new Two(() -> {});

        two.read("web-1");
        two.second.join();

        assertThat(two.found).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(counting.reads()).hasSize(1);
    }

    /** And where it fails for the first, the second asks for what it needs. */
    @Test
    void a_read_that_fails_fails_for_nobody_else() throws InterruptedException {
        var two = new Two(() -> {
            throw new IllegalStateException("a defect");
        });

        assertThatIllegalStateException().isThrownBy(() -> two.read("web-1"));
        two.second.join();

        assertThat(two.found).containsExactly("web-2");
    }

    /** The second begins in the middle of the first's list. */
    private final class Two {

        private final List<String> found = new CopyOnWriteArrayList<>();
        private final AtomicBoolean isFirst = new AtomicBoolean(true);
        private final Thread second = new Thread(() -> read("web-2"));
        private final SharedOwners owners;

        private Two(Runnable inTheMiddle) {
            owners = new SharedOwners(
                    AtReads.before(ports(), read -> {
                                if (read.is("list") && isFirst.getAndSet(false)) {
                                    second.start();
                                    waitsOrIsDone(second);
                                    inTheMiddle.run();
                                }
                            })
                            .reader(),
                    clock);
            owners.expectSeveral(NAMESPACE);
        }

        private void read(String name) {
            found.add(name(owners, name));
        }
    }

    private static String name(SharedOwners owners, String name) {
        return owners.get(ref("ReplicaSet", name, "uid-" + name.substring(4)))
                .orElseThrow()
                .getMetadata()
                .getName();
    }

    private static void waitsOrIsDone(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }

    /** It may be of a revision, an ordinal or a change of ours that the list does not know. */
    @Test
    void a_pod_that_may_be_younger_than_the_list_is_not_judged_by_it() {
        assertThat(shared.of(created(clock.instant().minusSeconds(60)))).isNotSameAs(shared);
        assertThat(shared.of(created(clock.instant().minusSeconds(80)))).isSameAs(shared);
        assertThat(shared.of(new PodBuilder().withNewMetadata().endMetadata().build()))
                .as("of unknown age")
                .isNotSameAs(shared);
    }

    private static Pod created(Instant at) {
        return new PodBuilder()
                .withNewMetadata()
                .withCreationTimestamp(at.toString())
                .endMetadata()
                .build();
    }

    /** Each list would push another one out: a thousand objects for one that is asked for. */
    @Test
    void in_an_outage_of_many_namespaces_only_the_last_few_are_listed() {
        IntStream.range(0, 10).forEach(number -> shared.expectSeveral("n-" + number));

        for (int round = 0; round < 20; round++) {
            for (int number = 0; number < 10; number++) {
                var _ = shared.get(new ObjectRef("apps/v1", "ReplicaSet", "n-" + number, "web", ""));
                var _ = shared.get(new ObjectRef("apps/v1", "Deployment", "n-" + number, "web", ""));
            }
        }

        assertThat(counting.reads().stream().filter(read -> read.method().equals("list")))
                .hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void those_that_bear_a_label_are_no_read_more() {
        var _ = shared.get(ref("ReplicaSet", "web-7", "uid-7"));
        var found = new ArrayList<ReplicaSet>();

        var extent = shared.each(
                ReplicaSet.class, Selection.of(NAMESPACE).labelled(Map.of("app", "web-7")), Bound.FEW, found::add);

        assertThat(extent).isEqualTo(Extent.WHOLE);
        assertThat(found)
                .singleElement()
                .isEqualTo(cluster.get(ReplicaSet.class, NAMESPACE, "web-7").orElseThrow());
        assertThat(counting.reads()).hasSize(1);
    }

    @Test
    void where_nobody_expects_several_each_is_asked_for() {
        clock.forward(Duration.ofMinutes(1));

        IntStream.range(0, 3).forEach(number -> shared.get(ref("ReplicaSet", "web-" + number, "")));

        assertThat(counting.reads()).extracting(CountingReader.Read::method).containsExactly("get", "get", "get");
    }

    @Test
    void fifteen_seconds_later_they_are_read_anew() {
        var ref = ref("ReplicaSet", "web-1", "uid-1");
        var _ = shared.get(ref);
        cluster.delete(ref);

        assertThat(shared.get(ref)).as("a moment ago").isPresent();
        clock.forward(Duration.ofSeconds(15));
        assertThat(shared.get(ref)).as("fifteen seconds later").isEmpty();
    }

    @Test
    void what_came_later_is_found_and_of_another_uid_is_not() {
        var _ = shared.get(ref("ReplicaSet", "web-1", "uid-1"));
        load("ReplicaSet", "later", "uid-of-later");

        assertThat(shared.get(ref("ReplicaSet", "later", "uid-of-later"))).isPresent();
        assertThat(shared.get(ref("ReplicaSet", "web-2", "uid-1"))).isEmpty();
        assertThat(counting.reads()).extracting(CountingReader.Read::method).containsExactly("list", "get", "get");
    }

    @Test
    void of_thousands_each_is_asked_for_and_the_list_is_not_tried_each_time() {
        IntStream.range(0, Bound.FEW.objects()).forEach(number -> load("Deployment", "web-" + number, "uid-" + number));
        load("Deployment", "one-more", "uid-of-one-more");

        assertThat(shared.get(ref("Deployment", "web-1", "uid-1"))).isPresent();
        assertThat(shared.get(ref("Deployment", "web-2", "uid-2"))).isPresent();
        assertThat(counting.reads()).extracting(CountingReader.Read::method).containsExactly("list", "get", "get");
    }

    @Test
    void jobs_and_other_namespaces_are_asked_for_one_by_one() {
        var _ = shared.get(ref("ReplicaSet", "web-1", "uid-1"));
        var before = counting.reads().size();

        var _ = shared.get(new ObjectRef("batch/v1", "Job", NAMESPACE, "nightly", ""));
        var _ = shared.each(Job.class, Selection.of(NAMESPACE), Bound.FEW, _ -> {});
        var _ = shared.get(new ObjectRef("apps/v1", "ReplicaSet", "other", "web-1", ""));

        assertThat(List.copyOf(counting.reads())
                        .subList(before, counting.reads().size()))
                .extracting(CountingReader.Read::method)
                .containsExactly("get", "each", "get");
    }

    private void load(String kind, String name, String uid) {
        cluster.load(KubernetesJson.parse(
                """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: %s, namespace: %s, uid: %s, labels: {app: %s}}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %s}}
                  template: {metadata: {labels: {app: %s}}, spec: {containers: [{name: app, image: r/app, securityContext: {}}]}}
                """.formatted(kind, name, NAMESPACE, uid, name, name, name), GenericKubernetesResource.class));
    }

    private static ObjectRef ref(String kind, String name, String uid) {
        return new ObjectRef(WorkloadKind.ofName(kind).orElseThrow().apiVersion(), kind, NAMESPACE, name, uid);
    }
}
