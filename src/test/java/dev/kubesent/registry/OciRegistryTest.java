package dev.kubesent.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.evidence.ImageRegistry.Login;
import dev.kubesent.evidence.ImageRegistry.Platform;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.RegistryFacts.Exists;
import dev.kubesent.evidence.RegistryFacts.NoSuchRepository;
import dev.kubesent.evidence.RegistryFacts.NoSuchTag;
import dev.kubesent.evidence.RegistryFacts.OtherPlatforms;
import dev.kubesent.evidence.Source;
import dev.kubesent.registry.OciRegistry.Transport;
import dev.kubesent.testing.RegistryServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OciRegistryTest {

    private static final Optional<Platform> AMD = Optional.of(new Platform("linux", "amd64"));

    private final RegistryServer server = new RegistryServer("lab/shop")
            .with("1.4", "linux/amd64")
            .with("1.4.1", "linux/amd64")
            .with("1.4-arm", "linux/arm64")
            .with("2.0", "linux/amd64", "linux/arm64")
            .with("latest", "linux/amd64");

    @AfterEach
    void close() {
        server.close();
    }

    private Reading<RegistryFacts> ask(String image, Optional<Platform> platform, Login... logins) {
        return new OciRegistry(Map.of(server.host(), Transport.PLAIN), Duration.ofSeconds(10))
                .ask(image, platform, List.of(logins));
    }

    private void assertAnswer(String reference, RegistryFacts expected) {
        assertThat(ask(server.image(reference), AMD)).isEqualTo(new Present<>(expected));
    }

    @Test
    void what_it_has_exists() {
        assertAnswer(":1.4", new Exists());
        assertAnswer(":2.0", new Exists());
        assertAnswer("", new Exists()); // :latest
    }

    @Test
    void what_it_has_for_another_platform_is_told_with_its_platforms() {
        assertAnswer(":1.4-arm", new OtherPlatforms(List.of("linux/arm64")));
        assertThat(ask(server.image(":2.0"), Optional.of(new Platform("windows", "amd64"))))
                .isEqualTo(new Present<>(new OtherPlatforms(List.of("linux/amd64", "linux/arm64"))));
    }

    @Test
    void every_platform_fits_where_that_of_the_node_is_not_known() {
        assertThat(ask(server.image(":1.4-arm"), Optional.empty())).isEqualTo(new Present<>(new Exists()));
    }

    @Test
    void the_nearest_tags_are_those_that_are_written_most_alike_and_are_for_the_node() {
        assertAnswer(
                ":1.4.", new NoSuchTag(List.of(server.image(":1.4.1"), server.image(":1.4"), server.image(":2.0"))));
        assertAnswer(":1.4-arn", new NoSuchTag(List.of())); // 1.4-arm is not for this node
        assertAnswer(":nightly-2026", new NoSuchTag(List.of()));
    }

    @Test
    void of_a_digest_that_is_gone_its_own_tag_is_the_nearest() {
        var gone = "@sha256:" + "0".repeat(63) + "1";
        assertAnswer(":1.4" + gone, new NoSuchTag(List.of(server.image(":1.4"))));
        assertAnswer(":1.9" + gone, new NoSuchTag(List.of()));
        assertAnswer(gone, new NoSuchTag(List.of()));
    }

    @Test
    void a_repository_that_it_does_not_have_is_told_as_such() {
        assertThat(ask(server.host() + "/lab/shap:1.4", AMD)).isEqualTo(new Present<>(new NoSuchRepository()));
    }

    @Test
    void tags_beyond_the_first_page_are_found() {
        IntStream.range(0, 1500).forEach(i -> server.with("0.%04d".formatted(i), "linux/amd64"));

        assertAnswer(":3.0", new NoSuchTag(List.of(server.image(":2.0"), server.image(":1.4"))));
        assertThat(server.requests())
                .filteredOn(one -> one.contains("tags/list"))
                .hasSize(2);
    }

    @Test
    void the_login_for_its_host_is_used_and_no_other() {
        server.of("robot", "hunter2");

        assertThat(ask(server.image(":1.4"), AMD, new Login("elsewhere.lab", "robot", "hunter2")))
                .isEqualTo(missing("it answered 401"));
        assertThat(ask(server.image(":1.4"), AMD, new Login(server.host(), "robot", "hunter2")))
                .isEqualTo(new Present<>(new Exists()));
    }

    @Test
    void nobody_else_is_asked_whatever_the_image_names() {
        var registry = new OciRegistry(Map.of("registry.lab", Transport.TLS), Duration.ofSeconds(10));

        assertThat(registry.isAsked(server.image(":1.4"))).isFalse();
        assertThat(registry.ask(server.image(":1.4"), AMD, List.of()))
                .isEqualTo(new Present<>(new RegistryFacts.NotAsked()));
        assertThat(registry.isAsked("169.254.169.254/latest:meta")).isFalse();
        assertThat(registry.isAsked("registry.lab.evil.example/shop:1")).isFalse();
        assertThat(registry.isAsked("registry.lab/shop:1")).isTrue();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_registry_that_refuses_fails_or_is_not_there_is_missing_evidence() {
        assertThat(ask(server.answering(429).image(":1.4"), AMD)).isEqualTo(missing("it answered 429"));
        assertThat(ask(server.answering(500).image(":1.4"), AMD)).isEqualTo(missing("it answered 500"));
        server.close();
        assertThat(ask(server.image(":1.4"), AMD)).isEqualTo(missing("no answer: ConnectException"));
    }

    @Test
    void a_registry_that_does_not_answer_is_not_waited_for() {
        var registry = new OciRegistry(Map.of(server.host(), Transport.PLAIN), Duration.ofMillis(50));

        assertThat(registry.ask(server.silent().image(":1.4"), AMD, List.of()))
                .isEqualTo(missing("it did not answer within 0.05 s"));
    }

    @Test
    void a_name_that_is_none_is_missing_evidence() {
        assertThat(ask(server.host() + "/UPPER CASE:1.4", AMD).missing()).isPresent();
    }

    private Missing<RegistryFacts> missing(String why) {
        return new Missing<>(Source.REGISTRY, server.host() + ": " + why);
    }
}
