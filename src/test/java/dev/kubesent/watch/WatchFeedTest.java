package dev.kubesent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Election;
import dev.kubesent.cluster.Watched;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Sighting;
import dev.kubesent.pipeline.Handled;
import dev.kubesent.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a process does when it is elected, and does no more when it is not. */
class WatchFeedTest {

    private final BlockingQueue<Change> pods = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Queue<Handled> answers = new ArrayDeque<>();
    private final ByHand election = new ByHand();
    private final WatchFeed feed = new WatchFeed(
            election,
            new Cluster(),
            this::look,
            () -> told.add("sweep"),
            () -> told.add("takes up what is unfinished"),
            Ticks.ofTheMachine());

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void nothing_is_watched_before_it_is_elected() {
        feed.begin();

        assertThat(feed.leads()).isFalse();
        assertThat(feed.state()).isEqualTo("stands by for another");
        assertThat(told).isEmpty();
    }

    @Test
    void elected_it_takes_up_what_is_unfinished_sweeps_and_looks_at_what_comes() throws InterruptedException {
        feed.begin();
        election.elected.run();
        pods.add(failing("web"));

        assertThat(next(3)).containsExactlyInAnyOrder("takes up what is unfinished", "sweep", "look at web");
        assertThat(feed.state()).isEqualTo("watches");
    }

    @Test
    void what_is_to_be_sent_again_is_looked_at_again() throws InterruptedException {
        answers.add(new Handled.TryAgain("the API server is busy"));
        answers.add(new Handled.Rejected(new Problem(Problem.Kind.TOO_MANY_EVENTS, "too many")));
        feed.begin();
        election.elected.run();
        pods.add(failing("web"));

        assertThat(next(5))
                .containsExactlyInAnyOrder(
                        "takes up what is unfinished", "sweep", "look at web", "look at web", "look at web");
        assertThat(feed.figures()).map(Feed.Figures::again).contains(2L);
    }

    @Test
    void when_it_has_lost_it_looks_at_nothing_until_it_is_elected_again() throws InterruptedException {
        feed.begin();
        election.elected.run();
        var _ = next(2);
        election.lost.run();

        assertThat(feed.leads()).isFalse();
        assertThat(closed.poll(30, TimeUnit.SECONDS)).isTrue();
        pods.add(failing("meanwhile"));
        election.elected.run();

        assertThat(next(3)).contains("look at meanwhile");
        assertThat(told).isEmpty();
    }

    @Test
    void what_the_election_may_not_do_is_trouble() {
        feed.begin();
        election.trouble = Optional.of("no right");

        assertThat(feed.trouble()).contains("no right");
    }

    private List<String> next(int number) throws InterruptedException {
        var all = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            all.add(String.valueOf(told.poll(30, TimeUnit.SECONDS)));
        }
        return all;
    }

    private Handled look(Sighting seen) {
        if (seen instanceof Sighting.Suspicious(var pod)) {
            told.add("look at " + pod.name());
        }
        return Optional.ofNullable(answers.poll()).orElseGet(() -> new Handled.Dropped(Sighting.Why.RECOVERED));
    }

    private static Change failing(String name) {
        var json =
                "{\"kind\":\"Pod\",\"metadata\":{\"namespace\":\"demo\",\"name\":\"%s\",\"uid\":\"u\"},\"status\":{\"phase\":\"Failed\"}}"
                        .formatted(name);
        return new Change(Change.Type.MODIFIED, "2", json.getBytes(StandardCharsets.UTF_8));
    }

    private static final class ByHand implements Election {

        private Runnable elected = () -> {};
        private Runnable lost = () -> {};
        private Optional<String> trouble = Optional.empty();

        @Override
        public void begin(Runnable whenElected, Runnable whenLost) {
            elected = whenElected;
            lost = whenLost;
        }

        @Override
        public String leader() {
            return "another";
        }

        @Override
        public Optional<String> trouble() {
            return trouble;
        }

        @Override
        public void close() {
            lost.run();
        }
    }

    private final class Cluster implements ClusterWatcher {

        @Override
        public String version(Watched what) {
            return "1";
        }

        @Override
        public Changes watch(Watched what, String version) {
            return new Changes() {
                @Override
                public Optional<Change> next() {
                    try {
                        return Optional.of(what == Watched.PODS ? pods.take() : nothing());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new ClusterException(Kind.UNREACHABLE, "interrupted", e);
                    }
                }

                @Override
                public void close() {
                    if (what == Watched.PODS) {
                        closed.add(true);
                    }
                }
            };
        }

        private Change nothing() throws InterruptedException {
            return new LinkedBlockingQueue<Change>().take();
        }
    }
}
