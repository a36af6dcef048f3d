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
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.RegistryServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OciRegistryTest {

    private static final Optional<Platform> AMD = Optional.of(new Platform("linux", "amd64"));
    private static final Optional<Login> STRANGER = Optional.empty();
    private static final Optional<Login> ROBOT = Optional.of(new Login("robot", "hunter2"));

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final RegistryServer server = new RegistryServer("lab/shop")
            .with("1.4", "linux/amd64")
            .with("1.4-debug", "linux/amd64")
            .with("1.5-debug", "linux/arm64")
            .with("2.0", "linux/amd64", "linux/arm64")
            .with("latest", "linux/amd64");

    @AfterEach
    void close() {
        server.close();
    }

    private OciRegistry registry() {
        return new OciRegistry(Map.of(server.host(), Transport.PLAIN), Duration.ofSeconds(10), clock);
    }

    private Reading<RegistryFacts> ask(String image, Optional<Platform> platform) {
        return registry().ask(image, platform, STRANGER);
    }

    private void assertAnswer(String reference, RegistryFacts expected) {
        assertThat(ask(server.image(reference), AMD)).isEqualTo(new Present<>(expected));
    }

    private NoSuchTag meant(String tag, String... nearest) {
        return new NoSuchTag(images(nearest), Optional.of(server.image(tag)));
    }

    private NoSuchTag onlyNear(String... nearest) {
        return new NoSuchTag(images(nearest), Optional.empty());
    }

    private List<String> images(String... tags) {
        return Arrays.stream(tags).map(server::image).toList();
    }

    @Test
    void what_it_has_exists() {
        assertAnswer(":1.4", new Exists());
        assertAnswer(":2.0", new Exists());
        assertAnswer("", new Exists()); // :latest
    }

    @Test
    void what_it_has_for_another_platform_is_told_with_its_platforms() {
        assertAnswer(":1.5-debug", new OtherPlatforms(List.of("linux/arm64")));
        assertThat(ask(server.image(":2.0"), Optional.of(new Platform("windows", "amd64"))))
                .isEqualTo(new Present<>(new OtherPlatforms(List.of("linux/amd64", "linux/arm64"))));
    }

    @Test
    void every_platform_fits_where_that_of_the_node_is_not_known() {
        assertThat(ask(server.image(":1.5-debug"), Optional.empty())).isEqualTo(new Present<>(new Exists()));
    }

    @Test
    void the_tag_that_was_meant_is_the_only_one_with_one_letter_of_a_word_otherwise() {
        assertAnswer(":1.4-debgu", meant(":1.4-debug", ":1.4-debug", ":1.5-debug"));
        assertAnswer(":latset", meant(":latest", ":latest"));
    }

    @Test
    void what_is_near_may_be_another_version_and_is_not_what_was_meant() {
        assertAnswer(":2.1", onlyNear(":2.0", ":1.4"));
        assertAnswer(":1.40", onlyNear(":1.4", ":2.0"));
        assertAnswer(":nightly-2026", onlyNear());
    }

    @Test
    void of_two_that_may_be_meant_neither_is() {
        server.with("1.4-debut", "linux/arm64"); // also where only one of them is for the node

        assertAnswer(":1.4-debux", onlyNear(":1.4-debut", ":1.4-debug", ":1.5-debug"));
    }

    @Test
    void what_is_not_for_the_node_is_not_what_was_meant() {
        assertAnswer(":1.5-debgu", onlyNear(":1.5-debug", ":1.4-debug"));
    }

    @Test
    void of_a_digest_that_is_gone_its_own_tag_was_meant() {
        var gone = "@sha256:" + "0".repeat(63) + "1";
        assertAnswer(":1.4" + gone, meant(":1.4", ":1.4", ":2.0"));
        assertAnswer(":1.9" + gone, onlyNear(":1.4", ":2.0"));
        assertAnswer(gone, onlyNear(":latest"));
    }

    @Test
    void a_repository_that_it_does_not_have_is_told_as_such() {
        assertThat(ask(server.host() + "/lab/shap:1.4", AMD)).isEqualTo(new Present<>(new NoSuchRepository()));
    }

    @Test
    void tags_beyond_the_first_page_are_found() {
        IntStream.range(0, 1500).forEach(i -> server.with("0.%04d".formatted(i), "linux/amd64"));

        assertAnswer(":latset", meant(":latest", ":latest"));
        assertThat(server.requests())
                .filteredOn(one -> one.contains("tags/list"))
                .hasSize(2);
    }

    @Test
    void of_more_tags_than_are_read_nobody_knows_whether_one_alone_is_meant() {
        IntStream.range(0, 6000).forEach(i -> server.with("zz.%04d".formatted(i), "linux/amd64"));

        assertAnswer(":latset", onlyNear(":latest"));
        assertThat(server.requests())
                .filteredOn(one -> one.contains("tags/list"))
                .hasSize(5);
    }

    @Test
    void a_login_is_shown_where_it_is_asked_for_and_a_stranger_is_refused() {
        server.of("robot", "hunter2");

        assertThat(ask(server.image(":1.4"), AMD)).isEqualTo(missing("it answered 401"));
        assertThat(registry().ask(server.image(":1.4"), AMD, ROBOT)).isEqualTo(new Present<>(new Exists()));
    }

    @Test
    void what_one_login_is_shown_no_other_is() {
        server.withTokensFor("robot", "hunter2");
        var registry = registry();

        assertThat(registry.ask(server.image(":1.4"), AMD, ROBOT)).isEqualTo(new Present<>(new Exists()));
        assertThat(registry.ask(server.image(":1.4"), AMD, STRANGER)).isEqualTo(new Present<>(new NoSuchRepository()));
        assertThat(registry.ask(server.image(":1.4"), AMD, Optional.of(new Login("robot", "wrong"))))
                .isEqualTo(new Present<>(new NoSuchRepository()));
        assertThat(registry.ask(server.image(":2.0"), AMD, ROBOT)).isEqualTo(new Present<>(new Exists()));
    }

    @Test
    void nobody_signs_in_where_a_registry_sends_to_for_its_blobs() {
        try (var elsewhere = new RegistryServer("lab/shop")) {
            server.of("robot", "hunter2").withBlobsAt("http://" + elsewhere.host());

            assertThat(registry().ask(server.image(":1.4"), AMD, ROBOT)).isEqualTo(new Present<>(new Exists()));
            assertThat(elsewhere.requests()).hasSize(1).noneMatch(request -> request.contains("signed in"));
        }
    }

    @Test
    void an_answer_is_remembered_for_an_hour() {
        var registry = registry();
        registry.ask(server.image(":1.9"), AMD, STRANGER);
        var asked = server.requests().size();
        server.with("1.9", "linux/amd64");

        clock.forward(Duration.ofMinutes(59));
        registry.ask(server.image(":1.9"), AMD, STRANGER);
        assertThat(server.requests()).hasSize(asked);

        clock.forward(Duration.ofMinutes(1));
        assertThat(registry.ask(server.image(":1.9"), AMD, STRANGER)).isEqualTo(new Present<>(new Exists()));
    }

    @Test
    void a_tag_that_is_missing_costs_no_pull_unless_one_was_meant() {
        assertAnswer(":1.9", onlyNear(":1.4", ":2.0"));

        assertThat(server.requests())
                .filteredOn(one -> one.startsWith("GET") && one.contains("/manifests/"))
                .isEmpty();
    }

    @Test
    void nobody_else_is_asked_whatever_the_image_names() {
        var registry = new OciRegistry(Map.of("registry.lab", Transport.TLS), Duration.ofSeconds(10), clock);

        assertThat(registry.isAsked(server.image(":1.4"))).isFalse();
        assertThat(registry.ask(server.image(":1.4"), AMD, STRANGER))
                .isEqualTo(new Present<>(new RegistryFacts.NotAsked()));
        assertThat(registry.isAsked("169.254.169.254/latest:meta")).isFalse();
        assertThat(registry.isAsked("registry.lab.evil.example/shop:1")).isFalse();
        assertThat(registry.isAsked("registry.lab@evil.example/shop:1")).isFalse();
        assertThat(registry.isAsked("registry.lab/shop:1")).isTrue();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_name_that_is_none_is_not_asked_for() {
        for (var name : List.of(
                "/UPPER:1.4", "/../../admin:1", "/lab/shop:1.4?n=1", "/lab/shop:1 4", "/lab/shop@evil:1", "/:1")) {
            assertThat(ask(server.host() + name, AMD)).isEqualTo(missing("it can have no image of that name"));
        }
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
        var registry = new OciRegistry(Map.of(server.host(), Transport.PLAIN), Duration.ofMillis(50), clock);

        assertThat(registry.ask(server.silent().image(":1.4"), AMD, STRANGER).missing())
                .isPresent();
    }

    private Missing<RegistryFacts> missing(String why) {
        return new Missing<>(Source.REGISTRY, server.host() + ": " + why);
    }
}
