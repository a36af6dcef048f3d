package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.time.Ticks;
import dev.kubesent.watch.WatchFeed;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Probe of the review: a thread of a term ends with an Error (stack, linkage, no native thread: ExitOnOutOfMemoryError ends the process at none of them). */
@Isolated
class WatchThatDiedTest {

    private final StandsFor election = new StandsFor();
    private WatchFeed feed = feed(() -> {}, () -> true);

    @Test
    void a_leader_whose_watch_of_pods_died_says_so_or_does_not_lead() throws InterruptedException {
        feed = feed(
                () -> {
                    throw new NoClassDefFoundError("dev/kubesent/Gone");
                },
                () -> true);
        feed.begin();
        election.elected.run();
        join("watch-pods");

        assertThat(feed.leads() && feed.trouble().isEmpty())
                .as("leads, without a watch and without a word: " + feed.state())
                .isFalse();
    }

    @Test
    void a_leader_whose_sweep_clock_died_says_so_or_does_not_lead() throws InterruptedException {
        feed = feed(
                () -> {
                    throw new ClusterException(Kind.UNREACHABLE, "later");
                },
                () -> {
                    throw new OutOfMemoryError("unable to create native thread");
                });
        feed.begin();
        election.elected.run();
        join("sweep-clock");

        assertThat(feed.leads() && feed.trouble().isEmpty())
                .as("leads, without sweeps and without a word: " + feed.state())
                .isFalse();
    }

    @AfterEach
    void close() {
        feed.close();
    }

    private WatchFeed feed(Runnable version, BooleanSupplier sweep) {
        return new WatchFeed(
                election,
                new ClusterWatcher() {
                    @Override
                    public String version(Watched what) {
                        if (what == Watched.PODS) {
                            version.run();
                        }
                        throw new ClusterException(Kind.UNREACHABLE, "later");
                    }

                    @Override
                    public Changes watch(Watched what, String version) {
                        throw new ClusterException(Kind.UNREACHABLE, "later");
                    }
                },
                _ -> new Handled.Dropped(Sighting.Why.HEALTHY),
                sweep,
                () -> {},
                Ticks.ofTheMachine());
    }

    private static void join(String name) throws InterruptedException {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join(5_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static final class StandsFor implements Election {
        private Runnable elected = () -> {};

        @Override
        public void begin(Runnable onElected, Runnable lost) {
            elected = onElected;
        }

        @Override
        public String leader() {
            return "me";
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
