package dev.kubesent.gate.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Doubt;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.OwnerChain;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuteTest {

    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "2026-11-30T08:00:01Z, Until",
                "2026-11-30T09:30:00+01:00, Until",
                "\" 2026-12-30T08:00:00Z \", Until",
                "2026-11-30T08:00:00Z, None",
                "2020-01-01T00:00:00Z, None",
                "2026-12-30T08:00:01Z, Unusable",
                "9999999-01-01T00:00:00Z, Unusable",
                "2026-12-01, Unusable",
                "2026-12-01T08:00:00, Unusable",
                "\"\", Unusable",
                "7d, Unusable",
                "forever, Unusable"
            })
    void a_mark_that_is_no_time_near_by_is_never_taken_for_silence(String said, String meant) {
        assertThat(Mute.of(pod(said), NOW).getClass().getSimpleName()).isEqualTo(meant);
    }

    @Test
    void a_workload_without_a_mark_is_not_muted() {
        assertThat(Mute.of(new PodBuilder().withNewMetadata().endMetadata().build(), NOW))
                .isEqualTo(new Mute.None());
    }

    @Test
    void a_long_mark_is_cut_and_moves_no_cursor() {
        assertThat(Mute.of(pod("\u001b[2J" + "x".repeat(1_000_000)), NOW))
                .isInstanceOfSatisfying(
                        Mute.Unusable.class,
                        mute -> assertThat(mute.detail()).hasSizeLessThan(250).doesNotContain("\u001b"));
    }

    @Test
    void the_mark_of_any_proven_owner_counts_and_that_of_an_owned_pod_does_not() {
        var silent = "2026-12-01T08:00:00Z";
        var owner = new ObjectRef("apps/v1", "Deployment", "shop", "web", "u");

        assertThat(Mute.of(pod(silent), chain(known("2026-11-01T08:00:00Z")), NOW))
                .isInstanceOf(Mute.None.class);
        assertThat(Mute.of(pod(silent), chain(), NOW)).isInstanceOf(Mute.Until.class);
        assertThat(Mute.of(pod(""), chain(known("2026-11-01T08:00:00Z"), known(silent)), NOW))
                .isInstanceOf(Mute.Until.class);
        assertThat(Mute.of(pod(silent), chain(new OwnerChain.Unproven(owner, Doubt.GONE, "gone")), NOW))
                .isInstanceOf(Mute.None.class);
    }

    @Test
    void what_cannot_be_read_counts_before_what_can() {
        assertThat(Mute.of(pod(""), chain(known("2026-12-01T08:00:00Z"), known("friday")), NOW))
                .isInstanceOf(Mute.Unusable.class);
    }

    private static Pod pod(String said) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("web-1")
                .withAnnotations(Map.of(Mute.MARK, said))
                .endMetadata()
                .build();
    }

    private static OwnerChain chain(OwnerChain.Link... links) {
        return new OwnerChain(List.of(links));
    }

    private static OwnerChain.Known known(String said) {
        var object = KubernetesJson.parse(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: u, annotations: {'%s': '%s'}}\n"
                        .formatted(Mute.MARK, said),
                GenericKubernetesResource.class);
        return new OwnerChain.Known(ObjectRef.of(object), WorkloadKind.DEPLOYMENT, object);
    }
}
