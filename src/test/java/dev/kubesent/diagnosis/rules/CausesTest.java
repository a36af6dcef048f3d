package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure;
import dev.kubesent.testing.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes and programs really print, and what it means. */
class CausesTest {

    /** Right, as far as anybody can be: the evidence fits several causes, and that is said. */
    private static final EnumSet<Cause> AMBIGUOUS =
            EnumSet.of(Cause.IMAGE_PULL_AMBIGUOUS, Cause.KILLED_BY_SIGNAL, Cause.OOM_NOT_CERTAIN);

    /** Nothing is claimed beyond what the status says. */
    private static final EnumSet<Cause> NOT_KNOWN = EnumSet.of(
            Cause.UNKNOWN,
            Cause.EXITS_WITH_ERROR,
            Cause.COMMAND_CANNOT_START,
            Cause.START_FAILED,
            Cause.KILLED_BY_PROBE,
            // That it is not reached is known, and why is not.
            Cause.DEPENDENCY_UNREACHED,
            Cause.VOLUME_NOT_MOUNTED,
            Cause.INIT_CONTAINER_HANGS,
            Cause.SANDBOX_FAILED);

    /** A model may know more. */
    private static final EnumSet<Cause> OPEN = EnumSet.of(
            Cause.EXITS_WITH_ERROR,
            Cause.COMMAND_CANNOT_START,
            Cause.START_FAILED,
            Cause.KILLED_BY_PROBE,
            Cause.VOLUME_NOT_MOUNTED,
            Cause.INIT_CONTAINER_HANGS,
            Cause.SANDBOX_FAILED);

    static Stream<CauseCase> cases() {
        return CauseCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_true_cause_is_said(CauseCase one) {
        var diagnosis = Rules.diagnose(one.evidence().orElseThrow());

        assertThat(diagnosis.cause()).as(diagnosis.toString()).isEqualTo(one.cause());
        assertThat(diagnosis.explanation()).contains(one.says()).doesNotContain(one.saysNot());
        if (AMBIGUOUS.contains(one.cause()) || OPEN.contains(one.cause())) {
            assertThat(diagnosis.confidence()).isLessThan(Confidence.KNOWN);
        }
        if (!AMBIGUOUS.contains(one.cause()) && !NOT_KNOWN.contains(one.cause())) {
            assertThat(diagnosis.confidence()).isGreaterThanOrEqualTo(Confidence.KNOWN);
            assertThat(diagnosis.quotes()).isNotEmpty();
        }
    }

    /** Whatever a diagnosis rests on is needed: without it, it is less sure, or says something else. */
    @ParameterizedTest
    @MethodSource("dev.kubesent.diagnosis.rules.CauseCase#known")
    void without_its_evidence_it_is_less_sure_or_says_something_else(CauseCase one) {
        var before = Rules.diagnose(one.evidence().orElseThrow());
        var told = before.quotes().stream()
                .filter(quote -> quote.source() == Source.LOG || quote.source() == Source.EVENTS)
                .toList();
        for (var quote : told) {
            assertThat(weakened(one, before, quote)).as("without " + quote).isTrue();
        }
    }

    /** Other lines may say the same: they are taken away one after the other. It must never become surer. */
    private static boolean weakened(CauseCase one, Diagnosis before, Quote first) {
        var current = one;
        var quote = Optional.of(first);
        var confidence = before.confidence();
        while (quote.isPresent()) {
            var gone = quote.get();
            current = current.with(
                    current.log().stream().filter(line -> !isOf(line, gone)).toList(),
                    current.events().stream()
                            .filter(event -> !isOf(event.toString(), gone))
                            .toList());
            var after = Rules.diagnose(current.evidence().orElseThrow());
            if (after.cause() != before.cause() || after.confidence() < confidence) {
                return true;
            }
            assertThat(after.confidence()).isLessThanOrEqualTo(confidence);
            quote = after.quotes().stream()
                    .filter(other -> other.source() == gone.source() && !other.equals(gone))
                    .findFirst();
        }
        return false;
    }

    private static boolean isOf(String line, Quote quote) {
        return new Quote(quote.source(), line.strip()).text().contains(quote.text())
                || line.contains(quote.text().replace("\"", "\\\""));
    }

    @ParameterizedTest
    @MethodSource("dev.kubesent.diagnosis.rules.CauseCase#known")
    void with_another_exit_code_it_is_less_sure_or_says_something_else(CauseCase one) {
        var evidence = one.evidence().orElseThrow();
        if (evidence.failure() instanceof Failure.Ended) {
            return; // what its containers did when it was ended over their heads is of no matter
        }
        var before = Rules.diagnose(evidence);
        var pod = one.pod().deepCopy();
        for (var path : List.of(
                "/status/containerStatuses/0/lastState/terminated", "/status/containerStatuses/0/state/terminated")) {
            if (pod.at(path) instanceof ObjectNode ended) {
                ended.put("exitCode", other(one, ended.path("exitCode").asInt()));
                ended.put("reason", ended.path("exitCode").asInt() == 0 ? "Completed" : "Error");
                var after = one.with(pod).evidence().map(Rules::diagnose);
                assertThat(after.filter(
                                other -> other.cause() == before.cause() && other.confidence() >= before.confidence()))
                        .isEmpty();
            }
        }
    }

    /** As if it had gone well; or, where it did or was killed, as if it had ended by itself. */
    private static int other(CauseCase one, int code) {
        var killed = one.category().equals("probes") && (code == 137 || code == 143)
                || one.cause().name().contains("PROBE") && code != 1;
        return code == 0 || killed ? 1 : 0;
    }

    /** A sign among ordinary lines, with something else that went wrong after it, is not known to be the cause. */
    @ParameterizedTest
    @MethodSource("running")
    void with_another_error_after_it_no_cause_is_known(CauseCase one) {
        var log = new ArrayList<>(one.log());
        for (int i = 0; i < 20; i++) {
            log.add("INFO tick " + i);
        }
        log.add("FATAL: frobnication of the widget failed");

        var diagnosis = Rules.diagnose(one.with(log, one.events()).evidence().orElseThrow());

        assertThat(diagnosis.confidence()).as(diagnosis.toString()).isLessThan(Confidence.KNOWN);
    }

    /** But for what the kernel itself said, which no line takes back. */
    static Stream<CauseCase> running() {
        return CauseCase.known()
                .filter(one -> one.category().equals("running"))
                .filter(one ->
                        !one.cause().name().startsWith("EXITS") && !one.log().isEmpty())
                .filter(one -> one.pod()
                                .at("/status/containerStatuses/0/lastState/terminated/exitCode")
                                .asInt()
                        != 139);
    }

    /** A program writes its log and its last message as it likes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "a",
                "A_",
                "panic: a",
                "mkdir /a",
                "seccomp ",
                "EADDRINUSE :",
                "listening 1",
                "exec: \"",
                "{\"msg\":",
                "http://a:80/",
                "thread 'main' panicked at A",
                "Caused by: ",
                "TypeError: ",
                "x509: ",
                "no such file ",
                "connect to a:",
                "env A_",
                "\\",
                "(",
                "licence "
            })
    void a_hostile_line_takes_no_time(String piece) {
        var line = piece.repeat(16_000 / piece.length());
        var log = Collections.nCopies(50, line);
        var some = CauseCase.all().stream()
                .filter(one -> one.toString().equals("running/env-not-set"))
                .findFirst()
                .orElseThrow();

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> Rules.diagnose(some.with(log, List.of()).evidence().orElseThrow()));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> Rules.diagnose(some.with(List.of(line), List.of(new ObservedEvent("Failed", line, "")))
                        .evidence()
                        .orElseThrow()));
    }

    @Test
    void a_secret_on_a_command_line_is_not_repeated() {
        var some = CauseCase.all().stream()
                .filter(one -> one.toString().equals("starting/command-not-found"))
                .findFirst()
                .orElseThrow();
        var pod = some.pod().deepCopy();
        ((ObjectNode) pod.at("/status/containerStatuses/0/lastState/terminated"))
                .put(
                        "message",
                        "exec: \"mysql --password=S3cretPw -h db\": executable file not found in $PATH: unknown");

        var diagnosis = Rules.diagnose(some.with(pod).evidence().orElseThrow());

        assertThat(diagnosis.cause()).isEqualTo(Cause.COMMAND_NOT_FOUND);
        assertThat(diagnosis.toString()).contains("'mysql'").doesNotContain("S3cretPw");
    }

    @Test
    void the_scoreboard_is_as_it_was() {
        var score = new TreeMap<String, int[]>();
        for (var one : CauseCase.all()) {
            var cause = Rules.diagnose(one.evidence().orElseThrow()).cause();
            var column = cause != one.cause() ? 3 : AMBIGUOUS.contains(cause) ? 1 : NOT_KNOWN.contains(cause) ? 2 : 0;
            score.computeIfAbsent(one.category(), _ -> new int[5])[column]++;
            one.instead().ifPresent(_ -> score.get(one.category())[4]++);
        }
        var text = new StringBuilder(
                "class      right  ambiguous, said so  not known, said so  wrong  of these look-alikes\n");
        score.forEach((category, counts) -> text.append("%-9s %6d %19d %19d %6d %21d%n"
                .formatted(category, counts[0], counts[1], counts[2], counts[3], counts[4])));
        Golden.assertMatches(Path.of("src/test/resources/scenarios/SCORE.txt"), text.toString());
        assertThat(score.values()).allSatisfy(counts -> assertThat(counts[3]).isZero());
    }

    @Test
    void every_cause_but_unknown_has_a_case() {
        assertThat(CauseCase.all().stream().map(CauseCase::cause))
                .containsAll(EnumSet.complementOf(EnumSet.of(
                        Cause.UNKNOWN,
                        Cause.LEAK_NOT_LIMIT,
                        // No rule says it: KnownHereTest, and the scenarios of signatures.
                        Cause.KNOWN_HERE,
                        // Of runs without a pod: their scenarios begin with cronjob- and job-.
                        Cause.JOB_DEADLINE_EXCEEDED,
                        Cause.JOB_GAVE_UP,
                        Cause.RUN_OVERLAPS,
                        Cause.JOB_NOT_ACCEPTED,
                        Cause.PODS_NOT_ACCEPTED,
                        Cause.SCHEDULE_MISSED)));
    }
}
