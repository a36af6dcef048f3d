package dev.kubesent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.TestCluster;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuteCommandTest {

    private static final Scenario SCENARIO = Scenario.named("approved-suggestion");

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-30T08:00:00.5Z"));
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(SCENARIO, clock);
    private final Person person = new Person();

    private int mute(String... arguments) {
        return person.runs(
                reach -> new MuteCommand(reach, clock), loaded.ports().reader(), SCENARIO.namespace(), arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "90m, 2026-11-30T09:30:00Z",
        "12h, 2026-11-30T20:00:00Z",
        "30d, 2026-12-30T08:00:00Z",
        "2026-12-01T08:00:00+01:00, 2026-12-01T07:00:00Z"
    })
    void until_is_a_span_or_a_time(String until, String end) {
        assertThat(mute("deploy/web-oom", "--until", until)).as(person.err()).isZero();

        assertThat(person.sent())
                .containsExactly("approved-suggestion Deployment/web-oom kubesent.dev/muted-until=" + end);
        assertThat(person.out())
                .contains("Muted Deployment/web-oom in approved-suggestion until " + end)
                .contains("kubesent unmute Deployment/web-oom -n approved-suggestion");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "deploy/web --until 31d, is more than 30 days away",
                "deploy/web --until 0m, is over already",
                "deploy/web --until 2020-01-01T00:00:00Z, is over already",
                "deploy/web --until friday, 'friday' is neither",
                "deploy/web --until 2026-12-01T08:00:00, is neither",
                "web --until 2h, say which kind it is: deployment/web",
                "node/web --until 2h, 'node' is no kind that has pods",
                "deploy/../x --until 2h, is no name of Kubernetes",
                "deploy/web, --until",
                "pod/web-oom-66b8b974b8-22csp --until 2h, belongs to ReplicaSet/web-oom-66b8b974b8"
            })
    void what_cannot_be_meant_is_said(String arguments, String told) {
        assertThat(mute(arguments.split(" "))).isEqualTo(2);

        assertThat(person.err()).contains(told);
        assertThat(person.sent()).isEmpty();
    }

    @Test
    void unmute_takes_the_mark_away() {
        assertThat(person.runs(UnmuteCommand::new, loaded.ports().reader(), "shop", "cronjob/report", "-n", "other"))
                .isZero();

        assertThat(person.sent()).containsExactly("other CronJob/report kubesent.dev/muted-until=-");
    }
}
