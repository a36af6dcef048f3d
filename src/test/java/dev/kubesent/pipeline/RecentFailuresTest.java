package dev.kubesent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.event.Sighting.Why;
import dev.kubesent.pipeline.RecentFailures.Look;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.time.Recent;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A herd of the same failure is looked at once, and nothing is forgotten that has to be looked at again. */
class RecentFailuresTest {

    private static final ObjectRef WEB = new ObjectRef("apps/v1", "ReplicaSet", "shop", "web-66b8b974b8", "u");
    private static final FailureKey CRASH = new FailureKey(WEB, "66b8b974b8", "app", FailureKind.CrashLoopBackOff);

    private final MovingClock clock = new MovingClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final RecentFailures recent = new RecentFailures(clock);
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void a_repeat_is_known_without_a_look() {
        recent.remember(CRASH, incident("web-1"));

        assertThat(once(CRASH)).isInstanceOf(Handled.Known.class);
        assertThat(looks).hasValue(0);
    }

    @Test
    void it_is_looked_at_again_when_its_time_is_over() {
        recent.remember(CRASH, incident("web-1"));
        clock.forward(RecentFailures.LASTING);

        assertThat(once(CRASH)).isInstanceOf(Handled.Opened.class);
    }

    @Test
    void it_is_looked_at_again_as_soon_as_its_incident_has_moved() {
        recent.remember(CRASH, incident("web-1"));
        recent.forget("shop", "web-1");

        assertThat(once(CRASH)).isInstanceOf(Handled.Opened.class);
    }

    @Test
    void the_incident_of_that_name_in_another_namespace_is_another() {
        recent.remember(CRASH, incident("web-1"));
        recent.forget("other", "web-1");

        assertThat(once(CRASH)).isInstanceOf(Handled.Known.class);
    }

    /** Its old pods are on their way out; the new ones tell whether the change helps. */
    @Test
    void of_a_changed_deployment_the_new_replicaset_s_failures_are_looked_at_and_the_old_one_s_are_not() {
        var next = new FailureKey(WEB, "7d9c5f6b58", "app", FailureKind.CrashLoopBackOff);
        recent.remember(CRASH, changed());
        recent.remember(next, changed());

        assertThat(watched(CRASH)).isFalse();
        assertThat(watched(next)).isTrue();

        recent.settled(changed());

        assertThat(watched(CRASH)).isFalse();
        assertThat(watched(next)).isTrue();
    }

    private boolean watched(FailureKey failure) {
        return once(failure) instanceof Handled.Known(var incidents)
                && incidents.stream().anyMatch(RecentFailures.Ref::watched);
    }

    private static Incident changed() {
        return KubernetesJson.parse("""
            apiVersion: kubesent.dev/v1alpha1
            kind: Incident
            metadata: {name: web-1, namespace: shop, uid: u}
            spec: {ownerKind: ReplicaSet, ownerName: web-66b8b974b8, revision: 66b8b974b8, container: app, failure: CrashLoopBackOff}
            status:
              phase: Verifying
              workload: Deployment/web
              acts: [{deed: ROLL_BACK, from: a, to: b, at: '2026-01-01T12:00:00Z', template: u/f}]
            """, Incident.class);
    }

    @Test
    void a_pod_in_which_something_new_fails_as_well_is_looked_at() {
        recent.remember(CRASH, incident("web-1"));
        var oom = new FailureKey(WEB, "66b8b974b8", "app", FailureKind.OOMKilled);

        assertThat(once(CRASH, oom)).isInstanceOf(Handled.Opened.class);
        assertThat(looks).hasValue(1);
    }

    @Test
    void what_many_threads_tell_at_once_is_looked_at_once() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var first = threads.submit(() -> recent.once(Set.of(CRASH), () -> {
                begun.countDown();
                await(goOn);
                looks.incrementAndGet();
                recent.remember(CRASH, incident("web-1"));
                return new Look(new Handled.Opened(List.of()), Set.of(CRASH));
            }));
            await(begun);
            var others = java.util.stream.IntStream.range(0, 7)
                    .mapToObj(_ -> threads.submit(() -> once(CRASH)))
                    .toList();
            goOn.countDown();

            assertThat(first.get()).isInstanceOf(Handled.Opened.class);
            for (Future<Handled> other : others) {
                assertThat(other.get()).isInstanceOfAny(Handled.Opened.class, Handled.Known.class);
            }
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void a_look_that_fails_fails_for_all_who_wait_for_it_and_is_made_again_by_the_next() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(() -> recent.once(Set.of(CRASH), () -> {
                begun.countDown();
                await(goOn);
                throw new ClusterException(ClusterException.Kind.BUSY, "not now");
            }));
            await(begun);
            goOn.countDown();
            assertThatThrownBy(first::get).hasCauseInstanceOf(ClusterException.class);
        }

        assertThat(once(CRASH)).isInstanceOf(Handled.Opened.class);
        assertThat(looks).hasValue(1);
    }

    /** Whoever may send events can tell of his pod what is true of another's. */
    @Test
    void what_another_event_told_falsely_is_no_answer_to_one_that_tells_the_truth() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var own = new FailureKey(
                new ObjectRef("v1", "Pod", "shop", "liar", "l"), "", "app", FailureKind.CrashLoopBackOff);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var liar = threads.submit(() -> recent.once(Set.of(CRASH), () -> {
                begun.countDown();
                await(goOn);
                return new Look(new Handled.Opened(List.of()), Set.of(own));
            }));
            await(begun);
            var honest = threads.submit(() -> once(CRASH));
            goOn.countDown();

            assertThat(liar.get()).isInstanceOf(Handled.Opened.class);
            assertThat(honest.get()).isInstanceOf(Handled.Opened.class);
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void another_kind_with_the_same_uid_is_another() {
        recent.remember(
                new FailureKey(
                        new ObjectRef("x/v1", "Foo", "shop", "web-66b8b974b8", "u"),
                        "66b8b974b8",
                        "app",
                        FailureKind.CrashLoopBackOff),
                incident("forged-1"));

        assertThat(once(CRASH)).isInstanceOf(Handled.Opened.class);
        assertThat(looks).hasValue(1);
    }

    @Test
    void that_one_pod_is_gone_says_nothing_of_the_next() {
        recent.once(Set.of(CRASH), () -> Look.at(new Handled.Dropped(Why.GONE)));

        assertThat(once(CRASH)).isInstanceOf(Handled.Opened.class);
    }

    @Test
    void that_a_pod_is_gone_or_well_again_is_known_of_that_pod_alone() {
        recent.rememberGone(told("gone", "7"));
        recent.rememberRecovered(told("well", "7"));

        assertThat(recent.of(told("gone", "9"))).contains(new Handled.Dropped(Why.GONE));
        assertThat(recent.of(told("well", "7"))).contains(new Handled.Dropped(Why.RECOVERED));
        assertThat(recent.of(told("well", "8"))).isEmpty();
        assertThat(recent.of(told("other", "7"))).isEmpty();
    }

    @Test
    void a_pod_of_another_name_or_namespace_says_nothing_of_one_whose_uid_it_tells() {
        recent.rememberGone(new ToldPod("mallory", "none", "u", "7", Set.of(CRASH)));
        recent.rememberGone(new ToldPod("shop", "none", "u", "7", Set.of(CRASH)));
        recent.rememberRecovered(new ToldPod("mallory", "web", "u", "7", Set.of(CRASH)));

        assertThat(recent.of(new ToldPod("shop", "web", "u", "7", Set.of(CRASH))))
                .isEmpty();
    }

    @Test
    void where_a_pod_is_gone_the_namespace_is_asked_about_once_in_a_while() {
        assertThat(recent.asksAfterGone("shop")).isTrue();
        assertThat(recent.asksAfterGone("shop")).isFalse();
        assertThat(recent.asksAfterGone("other")).isTrue();
        clock.forward(RecentFailures.LOOKED_AT_EVERY);
        assertThat(recent.asksAfterGone("shop")).isTrue();
    }

    @Test
    void what_is_remembered_is_bounded() {
        var few = new Recent<Integer, String>(100, clock);
        for (int i = 0; i < 1000; i++) {
            few.put(i, "x", Duration.ofMinutes(1));
        }

        assertThat(few.size()).isEqualTo(100);
        assertThat(few.get(999)).isPresent();
        assertThat(few.get(0)).isEmpty();

        clock.forward(Duration.ofMinutes(1));
        few.put(1000, "x", Duration.ofMinutes(1));
        assertThat(few.size()).isEqualTo(1);
    }

    private static ToldPod told(String uid, String version) {
        return new ToldPod("shop", "web", uid, version, Set.of(CRASH));
    }

    private Handled once(FailureKey... told) {
        return recent.once(Set.of(told), () -> {
            looks.incrementAndGet();
            return new Look(new Handled.Opened(List.of()), Set.of(told));
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Incident incident(String name) {
        var incident = new Incident();
        incident.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
        return incident;
    }
}
