package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.evidence.ImageRegistry.Login;
import dev.kubesent.evidence.ImageRegistry.Platform;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryReaderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T03:00:00Z"), ZoneOffset.UTC);

    private final InMemoryCluster cluster = new InMemoryCluster(CLOCK);
    private final Asked registry = new Asked();

    /** Records what it is asked. */
    private static final class Asked implements ImageRegistry {

        private final List<Platform> platforms = new ArrayList<>();
        private final List<Login> logins = new ArrayList<>();
        private int times;

        @Override
        public boolean isAsked(String image) {
            return image.startsWith("registry.lab/");
        }

        @Override
        public Reading<RegistryFacts> ask(String image, Optional<Platform> platform, Optional<Login> login) {
            times++;
            platform.ifPresent(platforms::add);
            login.ifPresent(logins::add);
            return new Present<>(new RegistryFacts.NoSuchRepository());
        }
    }

    private Reading<RegistryFacts> read(String image, String message) {
        var pod = KubernetesJson.parse("""
                metadata: {name: web, namespace: shop, uid: u}
                spec:
                  nodeName: lab
                  imagePullSecrets: [{name: registry}, {name: not-there}]
                  containers: [{name: app, image: "%s"}]
                status:
                  phase: Pending
                  containerStatuses:
                  - {name: app, image: "%s", restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: "%s"}}}
                """.formatted(image, image, message), Pod.class);
        var failure = Failures.of(pod, CLOCK.instant()).getFirst();
        return new RegistryReader(cluster, registry).facts(failure, pod);
    }

    private static Node node(Map<String, String> labels) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("lab")
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static Secret secret(String json) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("registry")
                .withNamespace("shop")
                .endMetadata()
                .withType("kubernetes.io/dockerconfigjson")
                .addToData(".dockerconfigjson", base64(json))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_missing_image_is_asked_for_with_the_platform_of_its_node() {
        cluster.load(node(Map.of("kubernetes.io/os", "linux", "kubernetes.io/arch", "arm64")));

        assertThat(read("registry.lab/shop:1", "registry.lab/shop:1: not found"))
                .isEqualTo(new Present<>(new RegistryFacts.NoSuchRepository()));
        assertThat(registry.platforms).containsExactly(new Platform("linux", "arm64"));
    }

    @Test
    void a_node_without_labels_has_no_platform() {
        cluster.load(node(Map.of()));

        read("registry.lab/shop:1", "registry.lab/shop:1: not found");

        assertThat(registry.times).isOne();
        assertThat(registry.platforms).isEmpty();
    }

    @Test
    void a_registry_that_refuses_or_is_busy_is_left_alone() {
        for (var said : List.of("401 Unauthorized", "429 Too Many Requests", "dial tcp: i/o timeout")) {
            assertThat(read("registry.lab/shop:1", said)).isEqualTo(new Present<>(new RegistryFacts.NotAsked()));
        }
        assertThat(registry.times).isZero();
    }

    @Test
    void a_registry_that_is_not_to_be_asked_is_not_and_no_secret_is_read_for_it() {
        cluster.load(secret("no JSON, and nobody looks"));

        assertThat(read("elsewhere.lab/shop:1", "elsewhere.lab/shop:1: not found"))
                .isEqualTo(new Present<>(new RegistryFacts.NotAsked()));
    }

    /** As the kubelet reads them: pkg/credentialprovider/keyring.go. */
    @ParameterizedTest
    @CsvSource({
        "registry.lab, registry.lab/shop:1, yes",
        "https://registry.lab, registry.lab/shop:1, yes",
        "registry.lab/team, registry.lab/team/shop:1, yes",
        "registry.lab/team, registry.lab/other/shop:1, no",
        "*.lab, registry.lab/shop:1, yes",
        "*.lab, a.registry.lab/shop:1, no",
        "registry.lab:5000, registry.lab/shop:1, no",
        "elsewhere.lab, registry.lab/shop:1, no",
        "egistry.lab, registry.lab/shop:1, no",
        "registry.lab.evil.example, registry.lab/shop:1, no",
        "https://index.docker.io/v1/, shop:1, yes",
        "docker.io, docker.io/lab/shop:1, yes"
    })
    void a_login_goes_with_the_question_where_its_key_is_for_the_image(String key, String image, String isFor) {
        var secret = secret("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(key, base64("me:pass:word")));

        assertThat(PullCredentials.of(List.of(secret), image))
                .isEqualTo(isFor.equals("yes") ? Optional.of(new Login("me", "pass:word")) : Optional.empty());
    }

    @Test
    void of_several_logins_the_one_with_the_longest_key_goes_with_the_question() {
        cluster.load(secret("""
                {"auths": {"registry.lab": {"username": "robot", "password": "hunter2"},
                           "registry.lab/team": {"username": "team", "password": "hunter3"},
                           "registry.lab/team/shop/deeper": {"username": "deep", "password": "hunter4"},
                           "broken.lab": {"auth": "%"}, "empty.lab": {}}}"""));

        read("registry.lab/team/shop:1", "registry.lab/team/shop:1: not found");

        assertThat(registry.logins).containsExactly(new Login("team", "hunter3"));
        assertThat(registry.logins.toString()).doesNotContain("hunter3", "team");
    }

    @Test
    void a_secret_of_another_type_holds_no_login() {
        var other = secret("{}");
        other.setData(Map.of("token", base64("hunter2")));
        cluster.load(other);

        read("registry.lab/shop:1", "registry.lab/shop:1: not found");

        assertThat(registry.logins).isEmpty();
        assertThat(registry.times).isOne();
    }
}
