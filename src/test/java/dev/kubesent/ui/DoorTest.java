package dev.kubesent.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another website, or another program, may try. */
class DoorTest {

    private final Door door = new Door(Optional.of("secret"));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        127.0.0.1:8090,       -,                       secret,  let in
        localhost:8090,       http://localhost:8090,   secret,  let in
        [::1]:8090,           http://[::1]:8090,       secret,  let in
        localhost,            -,                       secret,  let in
        127.0.0.1:8090,       -,                       -,       401
        127.0.0.1:8090,       -,                       Secret,  401
        127.0.0.1:8090,       -,                       secret2, 401
        127.0.0.1:8090,       https://evil.example,    secret,  403
        127.0.0.1:8090,       null,                    secret,  403
        127.0.0.1:8090,       http://localhost:8090,   secret,  403
        127.0.0.1:8090,       http://127.0.0.1:9999,   secret,  403
        evil.example,         -,                       secret,  403
        evil.example:8090,    http://evil.example:8090,secret,  403
        127.0.0.1.evil.example, -,                     secret,  403
        localhost.evil.example:80, -,                  secret,  403
        localhost@evil.example, -,                     secret,  403
        127.0.0.1:8090/x,     -,                       secret,  403
        'localhost, localhost', -,                     secret,  403
        10.0.0.1:8090,        -,                       secret,  403
        -,                    -,                       secret,  403
        """)
    void only_the_page_on_this_machine_with_its_token_is_let_in(
            String host, String origin, String token, String expected) {
        var headers = new HashMap<String, String>();
        put(headers, "host", host);
        put(headers, "origin", origin);
        put(headers, Door.TOKEN, token);

        var refusal = door.refusal(new Asked("POST", "/ui/api/x", headers, new byte[0]), false);

        assertThat(refusal.map(Answer::status).map(String::valueOf).orElse("let in"))
                .isEqualTo(expected);
    }

    @Test
    void the_files_of_the_page_need_no_token_and_still_a_host_of_this_machine() {
        assertThat(door.refusal(asked("localhost:1"), true)).isEmpty();
        assertThat(door.refusal(asked("evil.example"), true))
                .map(Answer::status)
                .contains(403);
    }

    @Test
    void each_start_has_another_token_of_128_bits() {
        var first = Door.withToken().token().orElseThrow();

        assertThat(first)
                .matches("[\\w-]{22}")
                .isNotEqualTo(Door.withToken().token().orElseThrow());
    }

    private static Asked asked(String host) {
        return new Asked("GET", "/", Map.of("host", host), new byte[0]);
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
