package dev.kubesent.report;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.testing.MovingClock;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Isolated
class OriginTest {

    private static final String UID = "3f0c1c1e-0d0b-4f0e-9a53-0a6f0f6f7f11";

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-30T10:00:00.123456Z"));
    private final Logger log = (Logger) LoggerFactory.getLogger(ClusterUid.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private int reads;

    private interface Answer {
        Optional<Namespace> to(int nth);
    }

    @BeforeEach
    void listen() {
        said.start();
        log.setLevel(ch.qos.logback.classic.Level.INFO); // whatever an application that ended has left
        log.addAppender(said);
    }

    @AfterEach
    void stop() {
        log.detachAppender(said);
    }

    @Test
    void a_cluster_is_told_by_the_uid_of_kube_system_which_is_read_once_and_late() {
        var origin = Origin.ofCluster(reader(_ -> namespace(UID)), clock);
        assertThat(reads).isZero();

        assertThat(origin.source()).isEqualTo("/kubesent/clusters/" + UID);
        assertThat(origin.source()).isEqualTo("/kubesent/clusters/" + UID);

        assertThat(reads).isOne();
        assertThat(said.list).isEmpty();
    }

    @Test
    void a_name_is_taken_in_its_place() {
        assertThat(Origin.named("shop", clock).source()).isEqualTo("/kubesent/clusters/shop");
        assertThat(Origin.unnamed(clock).source()).isEqualTo("/kubesent");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FORBIDDEN", "NOT_FOUND", "REJECTED"})
    void where_it_may_not_be_read_it_is_said_once_and_never_asked_again(Kind kind) {
        var origin = Origin.ofCluster(
                reader(_ -> {
                    throw new ClusterException(kind, "injected");
                }),
                clock);

        assertThat(origin.source()).isEqualTo("/kubesent");
        assertThat(origin.source()).isEqualTo("/kubesent");

        assertThat(reads).isOne();
        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("injected", "KUBESENT_CLUSTER_NAME", "kubesent-reader"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FORBIDDEN", "NOT_FOUND", "REJECTED"})
    void where_there_was_no_answer_it_is_asked_again(Kind kind) {
        var origin = Origin.ofCluster(
                reader(nth -> {
                    if (nth < 3) {
                        throw new ClusterException(kind, "injected");
                    }
                    return namespace(UID);
                }),
                clock);

        assertThat(origin.source()).isEqualTo("/kubesent");
        assertThat(origin.source()).isEqualTo("/kubesent");
        assertThat(origin.source()).isEqualTo("/kubesent/clusters/" + UID);

        assertThat(said.list).hasSize(1);
    }

    @Test
    void a_uid_that_is_none_is_not_put_into_a_uri() {
        assertThat(Origin.ofCluster(reader(_ -> namespace("a/../b?c")), clock).source())
                .isEqualTo("/kubesent");
        assertThat(Origin.ofCluster(reader(_ -> Optional.empty()), clock).source())
                .isEqualTo("/kubesent");
    }

    @Test
    void a_time_has_milliseconds() {
        assertThat(Origin.unnamed(clock).now()).hasToString("2026-11-30T10:00:00.123Z");
    }

    private static Optional<Namespace> namespace(String uid) {
        return Optional.of(new NamespaceBuilder()
                .withNewMetadata()
                .withName("kube-system")
                .withUid(uid)
                .endMetadata()
                .build());
    }

    private ClusterReader reader(Answer answer) {
        return (ClusterReader) Proxy.newProxyInstance(
                OriginTest.class.getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("get");
                    assertThat(arguments).containsExactly(Namespace.class, "", "kube-system");
                    return answer.to(++reads);
                });
    }
}
