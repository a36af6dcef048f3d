package dev.kubesent.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.event.Problem.Kind;
import dev.kubesent.event.Request;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that a real API server has signed, as Knative has them made for a source. */
@OnTheApiServer
class TokenCheckApiServerTest {

    private static final String AUDIENCE = "kubesent";
    private static final String SOURCE = "system:serviceaccount:kubesent:kubesent-source";

    private final MovingClock clock = new MovingClock(Instant.now());
    private final AtomicInteger asked = new AtomicInteger();
    private ApiServer server;
    private TokenCheck check;

    @BeforeEach
    void connect() {
        server = ApiServer.required();
        // As the function's own account: it may ask for the keys without a right of its own.
        var issuer = new ClusterIssuer(path -> {
            asked.incrementAndGet();
            return server.kubesent().raw(path);
        });
        check = new TokenCheck(issuer, AUDIENCE, List.of(SOURCE), clock);
    }

    @Test
    void the_sources_token_is_let_in_and_the_keys_are_asked_for_once() {
        assertThat(check.whyNot(with("Bearer " + token("kubesent-source", AUDIENCE))))
                .isEmpty();
        assertThat(check.whyNot(with("bearer " + token("kubesent-source", AUDIENCE))))
                .isEmpty();
        assertThat(asked).hasValue(2); // its name, and its keys
    }

    @Test
    void a_token_for_somebody_else_is_401() {
        assertThat(kind("Bearer " + token("kubesent-source", "another"))).isEqualTo(Kind.UNKNOWN_SENDER);
    }

    @Test
    void a_token_of_somebody_else_is_403() {
        assertThat(kind("Bearer " + token("kubesent", AUDIENCE))).isEqualTo(Kind.SENDER_NOT_ALLOWED);
    }

    @Test
    void a_token_that_has_expired_is_401() {
        var token = token("kubesent-source", AUDIENCE);

        clock.forward(Duration.ofMinutes(90));

        assertThat(kind("Bearer " + token)).isEqualTo(Kind.UNKNOWN_SENDER);
    }

    @Test
    void a_token_that_was_changed_is_401() {
        var parts = token("kubesent", AUDIENCE).split("\\.");
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]))
                .replace("kubesent:kubesent\"", "kubesent:kubesent-source\"");
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes());

        assertThat(kind("Bearer " + parts[0] + "." + forged + "." + parts[2])).isEqualTo(Kind.UNKNOWN_SENDER);
    }

    @Test
    void a_token_that_nobody_signed_is_401() {
        var parts = token("kubesent-source", AUDIENCE).split("\\.");
        var none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());

        assertThat(kind("Bearer " + none + "." + parts[1] + ".")).isEqualTo(Kind.UNKNOWN_SENDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b.c", "Bearer ....", "Bearer \u0000"})
    void what_is_no_token_is_401(String authorization) {
        assertThat(kind(authorization)).isEqualTo(Kind.UNKNOWN_SENDER);
    }

    @Test
    void an_unknown_key_does_not_make_it_ask_again_and_again() {
        var stranger = "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6Im5vYm9keSJ9.e30.c2ln";

        assertThat(kind(stranger)).isEqualTo(Kind.UNKNOWN_SENDER);
        assertThat(kind(stranger)).isEqualTo(Kind.ISSUER_SILENT);
        assertThat(asked).hasValue(2);
        clock.forward(Duration.ofMinutes(2));
        kind(stranger);
        assertThat(asked).hasValue(4);
    }

    @Test
    void an_issuer_that_is_silent_is_no_fault_of_the_sender() {
        var silent = new TokenCheck(
                new ClusterIssuer(_ -> {
                    throw new IllegalStateException("no route");
                }),
                AUDIENCE,
                List.of(SOURCE),
                clock);

        var problem = silent.whyNot(with("Bearer " + token("kubesent-source", AUDIENCE)));

        assertThat(problem).hasValueSatisfying(p -> assertThat(p.kind()).isEqualTo(Kind.ISSUER_SILENT));
    }

    private Kind kind(String authorization) {
        return check.whyNot(with(authorization)).orElseThrow().kind();
    }

    private static Request with(String authorization) {
        return new Request(Map.of("Authorization", authorization), new byte[0]);
    }

    private String token(String account, String audience) {
        return server.tokenOf(account, audience);
    }
}
