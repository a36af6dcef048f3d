package dev.kubesent.consultation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.memory.InMemoryCluster;
import dev.kubesent.testing.MovingClock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The ConfigMap of own signatures: read once a minute at most, whatever is wrong with it is said once, and nothing fails for it. */
@Isolated
class SignatureConfigTest {

    private static final String GOOD = "- {id: good, patterns: [abc], says: It is so.}";

    private static final ClusterException FORBIDDEN = new ClusterException(
            ClusterException.Kind.FORBIDDEN,
            "configmaps \"kubesent-signatures\" is forbidden: User \"kubesent\" cannot get resource \"configmaps\"");

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final InMemoryCluster cluster = new InMemoryCluster(clock);
    private final AtomicInteger asked = new AtomicInteger();
    private Optional<ClusterException> trouble = Optional.empty();
    private final SignatureConfig config = new SignatureConfig(reader(), "ops", clock);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("kubesent.signatures");

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(ch.qos.logback.classic.Level.INFO); // whatever an application that ended has left
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void without_it_there_are_none_and_nothing_is_said() {
        assertThat(config.current().isEmpty()).isTrue();
        assertThat(config.trouble()).isEmpty();
        assertThat(log.list).isEmpty();
    }

    @Test
    void a_herd_reads_it_once_a_minute() {
        write(Map.of("a.yaml", GOOD));

        for (int i = 0; i < 100; i++) {
            assertThat(config.current().all()).hasSize(1);
        }
        assertThat(asked).hasValue(1);

        write(Map.of("a.yaml", GOOD, "b.yaml", "- {id: more, patterns: [x], says: It is so.}"));
        clock.forward(Duration.ofSeconds(61));

        assertThat(config.current().all()).hasSize(2);
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_malformed_one_is_named_once_in_the_log_and_always_in_the_details_and_the_others_count() {
        write(Map.of("a.yaml", GOOD + "\n- {id: bad, patterns: ['SECRET('], says: It is so.}"));

        for (int i = 0; i < 3; i++) {
            assertThat(config.current().all()).hasSize(1);
            assertThat(config.trouble())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("key a.yaml, signature bad: a pattern is no RE2 expression")
                            .doesNotContain("SECRET"));
            clock.forward(Duration.ofSeconds(61));
        }
        assertThat(lines()).filteredOn(line -> line.contains("signature bad")).hasSize(1);

        write(Map.of("a.yaml", GOOD));

        assertThat(config.trouble()).isEmpty();
    }

    @Test
    void where_it_may_not_be_read_there_are_none_and_it_is_said_once_how_to_grant_it() {
        trouble = Optional.of(FORBIDDEN);

        for (int i = 0; i < 3; i++) {
            assertThat(config.current().isEmpty()).isTrue();
            assertThat(config.trouble()).singleElement().asString().contains("230-own-namespace.yaml");
            clock.forward(Duration.ofSeconds(61));
        }
        assertThat(lines()).singleElement().asString().contains("ops/kubesent-signatures", "230-own-namespace.yaml");
    }

    @Test
    void an_api_server_that_does_not_answer_leaves_those_that_were_read_last() {
        write(Map.of("a.yaml", GOOD));
        assertThat(config.current().all()).hasSize(1);
        trouble = Optional.of(new ClusterException(ClusterException.Kind.BUSY, "too many requests"));
        clock.forward(Duration.ofSeconds(61));

        assertThat(config.current().all()).hasSize(1);
        assertThat(config.trouble()).containsExactly("it cannot be read: BUSY");

        trouble = Optional.empty();
        clock.forward(Duration.ofSeconds(11));

        assertThat(config.trouble()).isEmpty();
    }

    @Test
    void many_complaints_are_shown_in_part() {
        write(Map.of("a.yaml", "- x\n".repeat(100)));

        assertThat(config.trouble()).hasSize(21).last().isEqualTo("and 80 more");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void write(Map<String, String> data) {
        cluster.load(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("ops")
                .withName(SignatureConfig.NAME)
                .endMetadata()
                .withData(data)
                .build());
        clock.forward(Duration.ofSeconds(61));
    }

    private ClusterReader reader() {
        return (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    asked.incrementAndGet();
                    if (trouble.isPresent()) {
                        throw trouble.get();
                    }
                    return method.invoke(cluster, arguments);
                });
    }
}
