package dev.kubesent.remedy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Fault;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");
    private static final Fault CURED = Fault.ofMemory("app");

    @ParameterizedTest
    @ValueSource(strings = {"CreateContainerConfigError", "PostStartHookError"})
    void a_secret_that_is_away_for_a_moment_takes_no_good_change_back(String reason) {
        assertThat(at(3).judge(List.of(pod(reason, "")), 1, CURED)).isInstanceOf(Survival.Watching.class);
        assertThat(at(11).judge(List.of(pod(reason, "")), 1, CURED)).isInstanceOf(Survival.NotUp.class);
    }

    @Test
    void a_container_that_could_not_be_created_before_the_change_is_not_its_doing() {
        var before =
                "lastState: {terminated: {exitCode: 1, reason: Error, startedAt: '2026-11-23T11:50:00Z', finishedAt:"
                        + " '2026-11-23T11:51:00Z'}}";

        assertThat(at(3).judge(List.of(pod("CreateContainerError", before)), 1, CURED))
                .isInstanceOf(Survival.Watching.class);
    }

    @Test
    void a_container_that_never_could_be_started_with_the_change_is() {
        assertThat(at(3).judge(List.of(pod("RunContainerError", "")), 1, CURED)).isInstanceOf(Survival.Failing.class);
    }

    /** A disk that is detached elsewhere first, or a node that is only being made, takes minutes. */
    @Test
    void a_pod_that_is_not_even_begun_takes_no_good_change_back_either() {
        var pod = pod("ContainerCreating", "");
        pod.getStatus()
                .setConditions(List.of(new PodConditionBuilder()
                        .withType("PodReadyToStartContainers")
                        .withStatus("False")
                        .withLastTransitionTime("2026-11-23T12:00:06Z")
                        .build()));

        assertThat(Failures.of(pod, at(9).now())).hasSize(1);
        assertThat(at(9).judge(List.of(pod), 1, CURED)).isInstanceOf(Survival.Watching.class);
        assertThat(at(11).judge(List.of(pod), 1, CURED)).isInstanceOf(Survival.NotUp.class);
    }

    @Test
    void what_failed_in_another_container_before_the_change_is_not_its_fault() {
        var pods = List.of(twoContainers("ImagePullBackOff"));

        assertThat(at(3).judge(pods, 1, CURED)).isInstanceOf(Survival.Failing.class);
        assertThat(at(3, new Fault(FailureKind.ImagePullBackOff, "side")).judge(pods, 1, CURED))
                .isInstanceOf(Survival.AliveInPart.class);
    }

    /** A hook, or a Secret: nobody can tell whose fault that is, so it is not excused, and the time for coming up bounds it. */
    @Test
    void what_does_not_begin_in_another_way_than_before_is_not_excused() {
        isGivenItsTimeAndNoMore(twoContainers("CreateContainerConfigError"));
    }

    /** Whoever may write incidents could say so. */
    @Test
    void nothing_excuses_the_container_that_the_change_is_for() {
        var pods = List.of(pod("ImagePullBackOff", ""));

        assertThat(at(3, new Fault(FailureKind.ImagePullBackOff, "app")).judge(pods, 1, CURED))
                .isInstanceOf(Survival.Failing.class);
    }

    @Test
    void who_is_ready_needs_no_excuse() {
        var pod = twoContainers("ImagePullBackOff");
        pod.getStatus()
                .setConditions(List.of(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build()));
        pod.getStatus().getContainerStatuses().get(1).setReady(true);
        pod.getStatus()
                .getContainerStatuses()
                .get(1)
                .setState(pod.getStatus().getContainerStatuses().get(0).getState());

        assertThat(at(3, new Fault(FailureKind.ImagePullBackOff, "side")).judge(List.of(pod), 1, CURED))
                .isInstanceOf(Survival.Alive.class);
    }

    @Test
    void what_fails_in_another_way_than_before_is() {
        var pods = List.of(twoContainers("RunContainerError"));

        assertThat(at(3, new Fault(FailureKind.ImagePullBackOff, "side")).judge(pods, 1, CURED))
                .isInstanceOf(Survival.Failing.class);
    }

    @Test
    void what_the_change_is_for_has_to_live_whatever_failed_beside_it() {
        isGivenItsTimeAndNoMore(pod("CreateContainerConfigError", ""));
    }

    private static void isGivenItsTimeAndNoMore(Pod pod) {
        var side = new Fault(FailureKind.ImagePullBackOff, "side");

        assertThat(at(9, side).judge(List.of(pod), 1, CURED)).isInstanceOf(Survival.Watching.class);
        assertThat(at(11, side).judge(List.of(pod), 1, CURED)).isInstanceOf(Survival.NotUp.class);
    }

    /** Of ten thousand some are looked at: that the others live as well is never said, nor that they do not. */
    @Test
    void of_a_part_neither_is_said_that_all_live_nor_that_none_does() {
        var up = twoContainers("Error");
        up.getSpec().getContainers().removeLast();
        up.getStatus().getContainerStatuses().removeLast();
        up.getStatus()
                .setConditions(List.of(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build()));
        var young = pod("ContainerCreating", "");
        young.getMetadata().setCreationTimestamp("2026-11-23T12:10:30Z");

        assertThat(part(at(9), up)).isInstanceOf(Survival.Watching.class);
        assertThat(part(at(11), up)).isInstanceOf(Survival.AliveInPart.class);
        assertThat(part(at(11), young)).isInstanceOf(Survival.Watching.class);
        assertThat(part(at(11))).isInstanceOf(Survival.Watching.class);
        assertThat(part(at(131))).isInstanceOf(Survival.Unfinished.class);
    }

    @Test
    void what_is_seen_in_a_part_is_so_whatever_the_rest_does() {
        assertThat(part(at(3), pod("RunContainerError", ""))).isInstanceOf(Survival.Failing.class);
        assertThat(part(at(12), pod("ContainerCreating", ""))).isInstanceOf(Survival.NotUp.class);
    }

    private static Survival part(Watch watch, Pod... pods) {
        var tally = new Tally(watch, CURED);
        List.of(pods).forEach(tally);
        return watch.judge(tally, Math.max(1, pods.length), Extent.CUT);
    }

    private static Watch at(int minutes, Fault... before) {
        return new Watch(
                SINCE,
                Duration.ofSeconds(60),
                SINCE.plus(Duration.ofMinutes(10)),
                SINCE.plus(Duration.ofMinutes(minutes)),
                Set.of(before));
    }

    private static Pod twoContainers(String reason) {
        return KubernetesJson.parse("""
            metadata: {name: web-1, namespace: shop, uid: u, creationTimestamp: '2026-11-23T12:00:05Z'}
            spec: {restartPolicy: Always, containers: [{name: app, image: 'app:1'}, {name: side, image: 'side:1'}]}
            status:
              phase: Pending
              containerStatuses:
              - name: app
                image: app:1
                restartCount: 0
                ready: true
                state: {running: {startedAt: '2026-11-23T12:00:10Z'}}
              - name: side
                image: side:1
                restartCount: 0
                ready: false
                state: {waiting: {reason: %s, message: 'x'}}
            """.formatted(reason), Pod.class);
    }

    private static Pod pod(String reason, String more) {
        return KubernetesJson.parse("""
            metadata: {name: web-1, namespace: shop, uid: u, creationTimestamp: '2026-11-23T12:00:05Z'}
            spec: {containers: [{name: app, image: 'app:1'}]}
            status:
              phase: Pending
              containerStatuses:
              - name: app
                image: app:1
                restartCount: 0
                ready: false
                state: {waiting: {reason: %s, message: 'secret "a" not found'}}
                %s
            """.formatted(reason, more), Pod.class);
    }
}
