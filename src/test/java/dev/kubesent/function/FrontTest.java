package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.function.http.AnswerTimer;
import dev.kubesent.function.http.Bodies;
import dev.kubesent.function.http.CoreFunctions;
import dev.kubesent.function.http.DoorRules;
import dev.kubesent.function.http.DoorValve;
import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.sender.Doorkeeper;
import dev.kubesent.time.Ticks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** While Spring starts: there is a port, and no application behind it. */
@Isolated
class FrontTest {

    private static final Map<String, String> IN_A_CLUSTER = Map.of("KUBESENT_CLUSTER", "kubeconfig");

    private final List<Front> fronts = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        fronts.forEach(Front::close);
    }

    @Test
    void a_healthy_event_is_answered_before_there_is_an_application() throws Exception {
        var front = open(IN_A_CLUSTER);

        assertThat(post(front, "08-healthy.http").statusCode()).isEqualTo(204);
    }

    @Test
    void a_failing_event_waits_for_the_application() throws Exception {
        var front = open(IN_A_CLUSTER);

        var waiting = postLater(front, "05-crash-with-log.http");
        assertThat(post(front, "08-healthy.http").statusCode()).isEqualTo(204); // nobody waits behind it
        assertThat(waiting).isNotDone();
        front.door().open(answering(503));

        assertThat(waiting.join().statusCode()).isEqualTo(503);
    }

    @Test
    void a_failing_event_is_answered_by_what_heals_before_there_is_an_application() throws Exception {
        var front = open(IN_A_CLUSTER);
        var seen = new CopyOnWriteArrayList<Request>();

        var waiting = postLater(front, "05-crash-with-log.http");
        front.door().early().heal(healing(request -> {
            seen.add(request);
            return Reply.empty(202);
        }));

        assertThat(waiting.join().statusCode()).isEqualTo(202);
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.header("ce-kind")).isEqualTo("Pod");
            assertThat(request.body()).isNotEmpty();
        });
        assertThat(post(front, "08-healthy.http").statusCode()).isEqualTo(204);
        assertThat(seen).hasSize(1); // it needs nobody
    }

    @Test
    void each_answer_has_the_date_once() throws Exception {
        var front = learning(_ -> {});
        front.door().early().heal(healing(_ -> Reply.empty(202)));

        for (var event : List.of("08-healthy.http", "05-crash-with-log.http")) {
            assertThat(post(front, event).headers().allValues("date"))
                    .singleElement()
                    .asString()
                    .endsWith(" GMT");
        }
    }

    @Test
    void the_first_failing_event_is_learnt_from_while_it_waits() throws Exception {
        var learnt = new CopyOnWriteArrayList<Request>();
        var front = learning(learnt::add);

        var waiting = postLater(front, "05-crash-with-log.http");
        while (learnt.isEmpty() && !waiting.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(waiting).isNotDone();
        front.door().early().heal(healing(_ -> Reply.empty(202)));
        assertThat(waiting.join().statusCode()).isEqualTo(202);
        assertThat(post(front, "02-deployment-oom.http").statusCode()).isEqualTo(202);

        assertThat(learnt).hasSize(1);
    }

    @Test
    void the_start_gives_way_to_an_event_that_is_under_way() throws Exception {
        var begun = new CountDownLatch(1);
        var front = learning(_ -> begun.countDown());
        var answer = new CompletableFuture<Reply>();
        front.door().early().heal(healing(_ -> answer.join()));

        front.door().early().underWay().giveWay(); // nobody is there
        var waiting = postLater(front, "05-crash-with-log.http");
        begun.await();
        var start = CompletableFuture.runAsync(() -> giveWay(front));
        answer.complete(Reply.empty(202));

        assertThat(waiting.join().statusCode()).isEqualTo(202);
        start.join(); // and goes on
    }

    private static void giveWay(Front front) {
        try {
            front.door().early().underWay().giveWay();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Front learning(Consumer<Request> learn) {
        var early = EarlyDoor.forEvents(entrance(), _ -> Optional.empty(), learn, Ticks.ofTheMachine());
        var door = new DoorValve(new Bodies(1 << 20, Ticks.ofTheMachine()), early);
        var front = Front.open(web("--server.port=0").orElseThrow(), door);
        fronts.add(front);
        return front;
    }

    @Test
    void an_application_that_is_there_first_answers_alone() throws Exception {
        var front = open(IN_A_CLUSTER);
        front.door().open(answering(503));
        front.door().early().heal(healing(_ -> Reply.empty(202)));

        assertThat(post(front, "05-crash-with-log.http").statusCode()).isEqualTo(503);
    }

    @Test
    void where_senders_show_tokens_they_are_checked_as_soon_as_they_can_be() throws Exception {
        var front = open(Map.of("KUBESENT_CLUSTER", "kubeconfig", "KUBESENT_SENDER_AUDIENCE", "kubesent"));

        var waiting = postLater(front, "05-crash-with-log.http");
        assertThat(get(front, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(front, "/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(waiting).isNotDone();
        var nobody = new Entrance(new Doorkeeper(Optional.empty(), Clock.systemUTC()), Set.of());
        var heals = healing(_ -> Reply.empty(202));
        front.door()
                .early()
                .heal(new CoreFunctions(
                        nobody,
                        heals.glance(),
                        heals.functions(),
                        heals.droppedBefore(),
                        heals.alive(),
                        heals.ready()));

        assertThat(waiting.join().statusCode()).isEqualTo(404); // as its entrance says
        assertThat(get(front, "/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void what_was_healed_before_is_counted_by_its_own_status() throws Exception {
        var front = open(IN_A_CLUSTER);
        front.door().early().heal(healing(_ -> Reply.empty(202)));
        var registry = new SimpleMeterRegistry();

        var _ = post(front, "05-crash-with-log.http");
        front.door().open(rules(new AnswerTimer(registry), 503));

        assertThat(registry.get("http.server.requests")
                        .tag("status", "202")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void what_was_answered_before_is_counted_when_there_is_a_registry() throws Exception {
        var front = open(IN_A_CLUSTER);
        var registry = new SimpleMeterRegistry();
        var answers = new AnswerTimer(registry);

        var _ = post(front, "08-healthy.http");
        front.door().open(rules(answers, 503));

        assertThat(registry.get("http.server.requests")
                        .tag("status", "204")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void it_is_alive_at_once_and_ready_for_events() throws Exception {
        var front = open(IN_A_CLUSTER);

        assertThat(get(front, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(front, "/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void what_watches_is_not_ready_before_it_can_ask_the_cluster() throws Exception {
        var front = open(Map.of("KUBESENT_CLUSTER", "kubeconfig", "KUBESENT_FEED", "watch"));

        assertThat(get(front, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(front, "/actuator/health/readiness").statusCode()).isEqualTo(503);
    }

    @Test
    void a_start_that_hangs_is_neither_alive_nor_ready() throws Exception {
        var now = new AtomicLong();
        var early = EarlyDoor.forEvents(entrance(), _ -> Optional.empty(), _ -> {}, now::get);
        var front =
                Front.open(web("--server.port=0").orElseThrow(), new DoorValve(new Bodies(1 << 20, now::get), early));
        fronts.add(front);

        assertThat(get(front, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        now.set(Duration.ofMinutes(1).toNanos());

        assertThat(get(front, "/actuator/health/liveness").statusCode()).isEqualTo(503);
        assertThat(get(front, "/actuator/health/readiness").statusCode()).isEqualTo(503);
    }

    @Test
    void nobody_is_listened_to_any_more_when_it_stops_in_grace() throws Exception {
        var application = RunningApplication.start(Map.of());
        int port = application.port();
        application.server().shutDownGracefully(_ -> {});

        try (application) {
            assertThatIOException().isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        }
    }

    @Test
    void where_senders_show_tokens_no_event_is_answered_before_they_can_be_checked() throws Exception {
        var front = open(Map.of("KUBESENT_CLUSTER", "kubeconfig", "KUBESENT_SENDER_AUDIENCE", "kubesent"));

        var waiting = postLater(front, "08-healthy.http");
        assertThat(get(front, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(waiting).isNotDone();
        front.door().open(answering(403));

        assertThat(waiting.join().statusCode()).isEqualTo(403);
    }

    @Test
    void what_came_before_the_application_is_answered_by_it() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var starting = CompletableFuture.supplyAsync(
                () -> Main.start(CommandLine.parse("--server.port=" + port), settings(Map.of())));
        var answer =
                client.send(sample(firstConnection(port, starting), "05-crash-with-log.http"), BodyHandlers.ofString());

        try (var _ = starting.join()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("ce-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("dev.kubesent.incident."));
        }
    }

    /** As soon as somebody listens. */
    private static URI firstConnection(int port, CompletableFuture<?> starting) {
        while (!starting.isDone()) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                break;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        return URI.create("http://localhost:" + port + "/");
    }

    @Test
    void a_port_that_is_taken_is_told_in_one_line() throws IOException {
        try (var taken = new ServerSocket(0)) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> Front.open(
                            web("--server.port=" + taken.getLocalPort()).orElseThrow(), Door.early(settings(Map.of()))))
                    .withMessage("port " + taken.getLocalPort()
                            + " is taken by another process: --server.port=8081 takes another");
        }
    }

    private Front open(Map<String, String> settings) {
        var front = Front.open(web("--server.port=0").orElseThrow(), Door.early(settings(settings)));
        fronts.add(front);
        return front;
    }

    private static Optional<WebSettings> web(String... arguments) {
        return WebSettings.read(List.of(arguments), Map.of());
    }

    private static Settings settings(Map<String, String> given) {
        return Settings.read(given::get, false);
    }

    /** An application that answers all that is let in the same. */
    private static DoorRules answering(int status) {
        return rules(new AnswerTimer(new SimpleMeterRegistry()), status);
    }

    private static DoorRules rules(AnswerTimer answers, int status) {
        return new DoorRules((_, _) -> false, entrance(), _ -> _ -> Optional.of(Reply.empty(status)), answers);
    }

    private static Entrance entrance() {
        return new Entrance(new Doorkeeper(Optional.empty(), Clock.systemUTC()), Set.of("/"));
    }

    private static CoreFunctions healing(Function<Request, Reply> heals) {
        return new CoreFunctions(
                entrance(),
                new Door.Unremarkable(),
                (_, request) -> heals.apply(request),
                () -> {},
                () -> Reply.empty(200),
                () -> Reply.empty(200));
    }

    private HttpResponse<String> post(Front front, String sample) throws IOException, InterruptedException {
        return client.send(request(front, sample), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> postLater(Front front, String sample) throws IOException {
        return client.sendAsync(request(front, sample), BodyHandlers.ofString());
    }

    private static HttpRequest request(Front front, String sample) throws IOException {
        return sample(uri(front, "/"), sample);
    }

    private static HttpRequest sample(URI uri, String sample) throws IOException {
        var parts = Files.readString(Path.of("events", sample)).split("\n\n", 2);
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(parts[1]));
        parts[0].lines()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .filter(header -> !header[0].equalsIgnoreCase("host") && !header[0].equalsIgnoreCase("content-length"))
                .forEach(header -> request.header(header[0], header[1]));
        return request.build();
    }

    private HttpResponse<String> get(Front front, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(front, path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(Front front, String path) {
        return URI.create("http://localhost:" + front.port() + path);
    }
}
