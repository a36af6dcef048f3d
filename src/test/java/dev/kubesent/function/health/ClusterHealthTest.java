package dev.kubesent.function.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Page;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.watch.Feed;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ClusterHealthTest {

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private boolean isOld;
    private Optional<ClusterException> trouble = Optional.empty();
    private List<String> signatures = List.of();
    private Optional<String> missing = Optional.empty();
    private final ClusterHealth health =
            new ClusterHealth(reader(), "kubesent", () -> signatures, Feed.events(() -> {}), () -> missing, clock);

    @Test
    void without_the_crd_it_is_not_ready_and_says_which_command_installs_it() {
        trouble = Optional.of(new ClusterException(ClusterException.Kind.NOT_FOUND, "404", new RuntimeException()));

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails().toString())
                .contains("kubectl apply -f knative/base/100-incident-crd.yaml");
    }

    @Test
    void without_an_answer_it_is_not_ready_and_is_soon_after_there_is_one() {
        trouble = Optional.of(new ClusterException(ClusterException.Kind.BROKEN, "no route", new RuntimeException()));
        assertThat(health.health().getDetails().toString()).contains("no route");

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(asked).hasValue(1);

        trouble = Optional.empty();
        clock.forward(Duration.ofSeconds(2));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void with_an_older_crd_it_is_ready_and_says_which_command_brings_it_up_to_date() {
        isOld = true;

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails().toString())
                .contains("older than this image")
                .contains("kubectl apply -f knative/base/100-incident-crd.yaml");
    }

    @Test
    void what_is_wrong_with_the_users_signatures_is_a_detail_of_a_later_look_and_no_reason_not_to_be_ready() {
        signatures = List.of("key payments.yaml, signature ledger: 'says' is missing");

        assertThat(health.health().getDetails()).isEmpty();
        clock.forward(Duration.ofSeconds(6));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("signatures", signatures);
    }

    @Test
    void where_it_may_not_watch_it_is_not_ready_and_says_what_to_bind() {
        var watching = new ClusterHealth(
                reader(), "kubesent", List::of, feed("stands by for a", "no right"), Optional::empty, clock);

        assertThat(watching.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(watching.health().getDetails()).containsEntry("reason", "no right");
    }

    @Test
    void one_that_stands_by_is_ready_and_says_for_whom() {
        var standing =
                new ClusterHealth(reader(), "kubesent", List::of, feed("stands by for a", ""), Optional::empty, clock);

        assertThat(standing.health().getStatus()).isEqualTo(Status.UP);
        assertThat(standing.health().getDetails()).containsEntry("feed", "stands by for a");
    }

    @Test
    void a_second_gate_that_is_missing_is_told_and_no_reason_not_to_be_ready() {
        missing = Optional.of("there is no binding kubesent-pods");

        assertThat(health.health().getDetails()).isEmpty();
        clock.forward(Duration.ofSeconds(6));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsEntry("secondGate", "there is no binding kubesent-pods");
    }

    @Test
    void a_probe_every_moment_does_not_ask_the_api_server_every_moment() {
        for (int i = 0; i < 100; i++) {
            var _ = health.health();
        }
        assertThat(asked).hasValue(1);
        clock.forward(Duration.ofSeconds(6));
        for (int i = 0; i < 100; i++) {
            var _ = health.health();
        }
        assertThat(asked).as("for incidents again, and once for their CRD").hasValue(3);
        clock.forward(Duration.ofSeconds(6));
        var _ = health.health();
        assertThat(asked).as("the CRD is known for a minute").hasValue(4);
    }

    private static Feed feed(String state, String trouble) {
        return new Feed() {
            @Override
            public void begin() {
                // it has
            }

            @Override
            public boolean leads() {
                return false;
            }

            @Override
            public Optional<String> trouble() {
                return Optional.of(trouble).filter(text -> !text.isEmpty());
            }

            @Override
            public String state() {
                return state;
            }

            @Override
            public void close() {
                // nothing goes on
            }
        };
    }

    private ClusterReader reader() {
        var cluster = new InMemoryCluster(clock);
        return (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    asked.incrementAndGet();
                    if (trouble.isPresent()) {
                        throw trouble.get();
                    }
                    return isOld ? new Page<>(List.of(), "", true) : method.invoke(cluster, arguments);
                });
    }
}
