package dev.kubesent.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.event.Glance;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.function.DoorAlone;
import dev.kubesent.testing.StartsTheApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no application, and none is needed. */
@StartsTheApplication
class EarlyDoorTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final DoorAlone door = new DoorAlone();
    private final EarlyDoor early = door.early();

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/heal", "/sweep"})
    void what_wakes_a_function_is_answered_by_what_heals(String path) throws Exception {
        early.heal(functions());

        assertThat(door.post(path, "{}").statusCode()).isEqualTo(202);
        assertThat(asked).containsExactly(path);
        assertThat(isNeeded()).isFalse();
    }

    @Test
    void a_glance_at_an_event_is_that_of_what_heals_as_soon_as_it_is_there() throws Exception {
        var glances = new CopyOnWriteArrayList<Request>();
        early.heal(new CoreFunctions(
                DoorAlone.anybody(),
                request -> {
                    glances.add(request);
                    return Optional.of(Reply.empty(204));
                },
                (_, _) -> Reply.empty(500),
                () -> {},
                () -> Reply.empty(200),
                () -> Reply.empty(200)));

        assertThat(door.post("/", "{}").statusCode()).isEqualTo(204);
        assertThat(glances).hasSize(1);
    }

    @Test
    void of_an_event_as_the_source_sends_it_nobody_reads_the_headers() throws Exception {
        var pods = new CopyOnWriteArrayList<String>();
        var glance = new Glance() {
            @Override
            public Optional<Reply> at(Request request) {
                return Optional.of(Reply.empty(418));
            }

            @Override
            public Optional<Reply> atPod(byte[] bytes, int length) {
                pods.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
                return pods.size() > 1 ? Optional.empty() : Optional.of(Reply.empty(204));
            }
        };
        early.heal(new CoreFunctions(
                DoorAlone.anybody(),
                glance,
                (_, _) -> Reply.empty(500),
                () -> {},
                () -> Reply.empty(200),
                () -> Reply.empty(200)));

        assertThat(door.post("/", "{\"one\":1}").statusCode()).isEqualTo(204);
        assertThat(door.post("/", "{}").statusCode()).isEqualTo(418); // what is not well is looked at with them
        assertThat(pods).containsExactly("{\"one\":1}", "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 405",
        "PUT, /heal, 405",
        "OPTIONS, /, 200",
        "POST, /functionRouter, 404",
        "GET, /favicon.ico, 404",
        "GET, /ui/, 404"
    })
    void what_nobody_would_answer_needs_no_application(String method, String path, int status) throws Exception {
        early.heal(functions());

        assertThat(door.send(method, path, "").statusCode()).isEqualTo(status);
        assertThat(asked).isEmpty();
        assertThat(isNeeded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /diagnose",
        "POST, /analyze",
        "GET, /actuator",
        "GET, /actuator/health",
        "GET, /actuator/health/cluster",
        "GET, /actuator/prometheus"
    })
    void a_question_and_a_metric_need_the_application_and_wait_for_it(String method, String path) throws Exception {
        early.heal(functions());

        var waiting = CompletableFuture.supplyAsync(() -> sent(method, path));
        assertThat(early.awaitNeed()).isTrue();
        assertThat(waiting).isNotDone();
        assertThat(door.post("/", "{}").statusCode()).isEqualTo(202); // nobody waits behind it
        early.open(door.answering(418));

        assertThat(waiting.join())
                .isEqualTo(path.startsWith("/actuator") ? 404 : 418); // there is nothing behind the door here
    }

    @Test
    void both_probes_are_those_of_what_heals() throws Exception {
        early.heal(new CoreFunctions(
                DoorAlone.anybody(),
                _ -> Optional.empty(),
                (_, _) -> Reply.empty(500),
                () -> {},
                () -> new Reply(200, Map.of(), "alive".getBytes()),
                () -> new Reply(503, Map.of(), "no CRD".getBytes())));

        assertThat(door.send("GET", "/actuator/health/liveness", "").body()).isEqualTo("alive");
        var ready = door.send("GET", "/actuator/health/readiness", "");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("no CRD");
        assertThat(isNeeded()).isFalse();
    }

    @Test
    void what_was_dropped_before_what_heals_was_there_is_told_to_it_once_each() throws Exception {
        var dropped = new CopyOnWriteArrayList<String>();
        assertThat(door.post("/", DoorAlone.HEALTHY).statusCode()).isEqualTo(204);
        assertThat(door.post("/", DoorAlone.HEALTHY).statusCode()).isEqualTo(204);

        early.heal(new CoreFunctions(
                DoorAlone.anybody(),
                _ -> Optional.of(Reply.empty(204)),
                (_, _) -> Reply.empty(500),
                () -> dropped.add("one"),
                () -> Reply.empty(200),
                () -> Reply.empty(200)));
        assertThat(door.post("/", DoorAlone.HEALTHY).statusCode()).isEqualTo(204);

        assertThat(dropped).hasSize(2);
    }

    @Test
    void where_the_process_ends_without_an_application_none_is_started_any_more() throws Exception {
        early.heal(functions());

        assertThat(early.end()).isTrue();
        assertThat(early.awaitNeed()).isFalse();

        assertThat(door.post("/diagnose", "{}").statusCode()).isEqualTo(503);
    }

    @Test
    void who_waits_for_what_heals_is_sent_on_when_the_process_ends() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> sent("POST", "/sweep"));
        assertThat(door.send("GET", "/actuator/health/liveness", "").statusCode())
                .isEqualTo(200);
        assertThat(waiting).isNotDone();

        early.end();

        assertThat(waiting.join()).isEqualTo(503);
        early.underWay().awaitEnd(Duration.ofMinutes(1)); // nothing is under way
        assertThat(asked).isEmpty();
    }

    @Test
    void who_waits_for_the_application_is_sent_on_when_the_process_ends() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> sent("POST", "/diagnose"));
        assertThat(early.awaitNeed()).isTrue();
        assertThat(waiting).isNotDone();

        early.end();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(503);
    }

    @Test
    void where_the_application_is_needed_already_it_is_the_one_that_ends() {
        early.need();

        assertThat(early.end()).isFalse();
    }

    @Test
    void nothing_is_begun_after_the_end_has_begun_by_what_came_later() throws Exception {
        early.end();
        early.heal(functions());

        assertThat(door.post("/", "{}").statusCode()).isEqualTo(503);
        assertThat(asked).isEmpty();
    }

    @Test
    void nothing_is_begun_after_the_end_has_begun_by_what_was_there() throws Exception {
        early.heal(functions());
        early.end();

        assertThat(door.post("/sweep", "{}").statusCode()).isEqualTo(503);
        assertThat(asked).isEmpty();
    }

    private CoreFunctions functions() {
        return new CoreFunctions(
                DoorAlone.anybody(),
                _ -> Optional.empty(),
                (path, _) -> {
                    asked.add(path);
                    return Reply.empty(202);
                },
                () -> {},
                () -> Reply.empty(200),
                () -> Reply.empty(200));
    }

    /** Asked last, and by its other side: where it is not needed, the end is one without an application. */
    private boolean isNeeded() {
        return !early.end();
    }

    private int sent(String method, String path) {
        try {
            return door.send(method, path, "{}").statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
