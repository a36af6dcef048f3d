package dev.kubesent.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One change each to a pod that is well. */
class StatusScanTest {

    private static final String WELL = """
        {"kind":"Pod","metadata":{"annotations":{"a":"{\\"status\\":{\\"phase\\":\\"Failed\\"}}"},"name":"web"},"spec":{},\
        "status":{"conditions":[{"lastProbeTime":null,"status":"True","type":"Ready"},{"status":"True","type":"Initialized"}],\
        "containerStatuses":[{"imageID":"a\\\\","lastState":{},"name":"app","ready":true,"resources":{"limits":{"cpu":"1"}},"restartCount":0,\
        "state":{"running":{"startedAt":"2026-11-23T02:56:01Z"}},"volumeMounts":[{"name":"x}]"},[[]]]}],\
        "initContainerStatuses":[{"lastState":{},"restartCount":0,"state":{"terminated":{"containerID":"c","exitCode":0,"reason":"Completed"}}}],\
        "phase":"Running","podIPs":[{"ip":"10.0.0.1"}]}}\
        """;

    @Test
    void a_pod_that_is_well_is_seen() {
        assertThat(isHealthy(WELL)).isTrue();
        assertThat(isHealthy(WELL + "\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"phase\":\"Running\",", "\"observedGeneration\":1,", ""})
    void a_pod_that_is_well_is_seen_in_whatever_order_the_api_server_writes_its_status(String first) {
        assertThat(isHealthy(WELL.replace("\"status\":{\"conditions\"", "\"status\":{" + first + "\"conditions\"")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"phase\":\"Running\"                   | \"phase\":\"Failed\"",
                "\"phase\":\"Running\"                   | \"phase\":\"Pending\"",
                "\"phase\":\"Running\"                   | \"phase\":\"Running\",\"phase\":\"Unknown\"",
                "\"phase\":\"Running\"                   | \"other\":\"Running\"",
                "\"phase\":\"Running\"                   | \"phas\\u0065\":\"Failed\",\"phase\":\"Running\"",
                "\"status\":\"True\",\"type\":\"Ready\"  | \"status\":\"False\",\"type\":\"Ready\"",
                "\"status\":\"True\",\"type\":\"Ready\"  | \"status\":\"Unknown\",\"type\":\"Ready\"",
                "\"restartCount\":0,\"state\":{\"running\"  | \"restartCount\":1,\"state\":{\"running\"",
                "\"restartCount\":0,\"state\":{\"running\"  | \"restartCount\":0.5,\"state\":{\"running\"",
                "\"restartCount\":0,\"state\":{\"running\"  | \"restartCount\":00,\"state\":{\"running\"",
                "\"lastState\":{},\"name\"               | \"lastState\":{\"terminated\":{}},\"name\"",
                "{\"running\":                           | {\"waiting\":",
                "\"exitCode\":0                          | \"exitCode\":137",
                "\"exitCode\":0,                         | ``",
                "\"reason\":\"Completed\"                | \"reason\":\"OOMKilled\"",
                "\"reason\":\"Completed\"                | \"message\":\"it went wrong\"",
                "\"podIPs\"                              | \"podIPs\" :\"\",\"podIPs\"",
                "],\"phase\"                             | ], \"phase\"",
                "],\"phase\"                             | ]\"phase\"",
                "\"10.0.0.1\"}]}}                        | \"10.0.0.1\"}]},\"last\":1}",
                "\"10.0.0.1\"}]}}                        | \"10.0.0.1\"}]},\"last\":{}}",
                "\"10.0.0.1\"}]}}                        | \"10.0.0.1\"}]}}}",
                "\"10.0.0.1\"}]}}                        | \"10.0.0.1\"}]}",
                ",\"status\":{\"conditions\"             | ,\"statu\\u0073\":{\"conditions\"",
                ",\"status\":{\"conditions\"             | , \"status\":{\"conditions\"",
                ",\"status\":{\"conditions\"             | ,\"status\": {\"conditions\""
            })
    void what_is_changed_in_one_place_is_looked_at_whole(String from, String to) {
        var changed = WELL.replace(from.strip(), to == null ? "" : to);

        assertThat(changed).isNotEqualTo(WELL);
        assertThat(isHealthy(changed)).isFalse();
    }

    @Test
    void what_is_cut_short_is_looked_at_whole() {
        for (int i = 0; i < WELL.length(); i++) {
            assertThat(isHealthy(WELL.substring(0, i))).as("%d bytes", i).isFalse();
        }
        assertThat(isHealthy("")).isFalse();
        assertThat(isHealthy("\n")).isFalse();
        assertThat(isHealthy("}}")).isFalse();
        assertThat(isHealthy(",\"status\":{}}")).isFalse();
    }

    private static boolean isHealthy(String json) {
        return StatusScan.isHealthy(json.getBytes(StandardCharsets.UTF_8));
    }
}
