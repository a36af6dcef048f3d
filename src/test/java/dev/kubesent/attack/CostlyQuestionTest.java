package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.event.Problem;
import dev.kubesent.event.Request;
import dev.kubesent.function.RunningApplication;
import dev.kubesent.sender.Doorkeeper;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.StartsTheApplication;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Findings 3 and 6d: /diagnose and /sweep are open to whoever reaches the service. They can be switched off, and have a rate of their own. */
@StartsTheApplication
class CostlyQuestionTest {

    private static final Request NOTHING = new Request(Map.of(), new byte[0]);

    @Test
    void what_is_switched_off_is_not_there() throws Exception {
        try (var application = RunningApplication.start(Map.of("KUBESENT_PATHS", "none"));
                var client = HttpClient.newHttpClient()) {
            for (var path : new String[] {"/diagnose", "/analyze", "/sweep"}) {
                var request =
                        HttpRequest.newBuilder(application.uri(path)).POST(HttpRequest.BodyPublishers.ofString("{}"));
                assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void a_flood_of_questions_is_stopped_and_stops_no_event() {
        var doorkeeper = new Doorkeeper(Optional.empty(), new MovingClock(Instant.parse("2026-11-29T12:00:00Z")));

        var admitted = IntStream.range(0, 1000)
                .filter(i -> doorkeeper
                        .whyNot(i % 2 == 0 ? "/diagnose" : "/analyze", NOTHING)
                        .isEmpty())
                .count();

        assertThat(admitted).isEqualTo(20);
        assertThat(doorkeeper.whyNot("/diagnose", NOTHING).orElseThrow().kind())
                .isEqualTo(Problem.Kind.TOO_MANY_EVENTS);
        assertThat(doorkeeper.whyNot("/", NOTHING)).isEmpty();
        assertThat(doorkeeper.whyNot("/sweep", NOTHING)).isEmpty();
    }
}
