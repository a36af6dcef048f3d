package dev.kubesent.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.corpus.Surest;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.signature.Signature;
import dev.kubesent.diagnosis.signature.Signatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A hostile look at each rule that can be so sure that the gate acts: what other software prints, and what other circumstances look like, is not
 * taken for its cause.
 */
class LookAlikesTest {

    /** From here on the gate acts. */
    private static final int ACTS = 90;

    private static final int LEAST = 180;

    /** Of each rule. */
    private static final int EACH = 3;

    private static final int LEAST_RULES = 50;

    private static final int LEAST_PLACED = 400;

    /** Its trigger is the reason in a Job's condition, which is read as an enum: no text of others can be there. */
    private static final Set<String> WITHOUT_WORDS = Set.of("jobgivenup JOB_DEADLINE_EXCEEDED");

    private static final String[] LOGS = {"memory", "data", "node", "dependency", "files", "settings", "program"};

    /** Where a line stands when it is worth most: as the root of what went wrong. */
    private static final List<String> ROOTS = List.of("""
        Exception in thread "main" java.lang.IllegalStateException: start failed
        \tat com.example.App.main(App.java:12)
        Caused by: java.lang.RuntimeException: %s
        \t... 1 more\
        """, """
        Traceback (most recent call last):
          File "/app/main.py", line 3, in <module>
            main()
        RuntimeError: %s\
        """);

    @TestFactory
    Stream<DynamicTest> a_look_alike_is_not_taken_for_the_cause() {
        var all = LookAlike.all();
        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(LEAST)
                .allSatisfy(one -> assertThat(one.source()).as(one.toString()).isNotBlank());
        return all.stream()
                .map(one -> dynamicTest(
                        one.toString(),
                        () -> assertThat(one.diagnosis()
                                        .filter(said -> said.cause() == one.cause())
                                        .map(Diagnosis::confidence)
                                        .orElse(0))
                                .isLessThan(Confidence.KNOWN)));
    }

    /** Of cases, public reports and scenarios. */
    @Test
    void each_rule_that_acts_in_any_case_has_three() throws IOException {
        var rules = surest();
        var counted = Stream.concat(
                        LookAlike.all().stream()
                                .map(one -> key(one.rule(), one.cause().name())),
                        looksLike(rules))
                .collect(Collectors.groupingBy(key -> key, Collectors.counting()));

        assertThat(rules).hasSizeGreaterThanOrEqualTo(LEAST_RULES);
        assertThat(rules.stream()
                        .filter(rule -> !WITHOUT_WORDS.contains(rule))
                        .filter(rule -> counted.getOrDefault(rule, 0L) < EACH))
                .isEmpty();
    }

    /** What is known of one cause is no proof of another, wherever it stands. Where a form hides the words, it is left out. */
    @TestFactory
    Stream<DynamicTest> an_example_of_one_entry_is_not_surely_another() throws IOException {
        var base = CauseCase.known()
                .filter(one -> one.category().equals("running"))
                .filter(one -> one.toString().endsWith("/java-dns"))
                .findFirst()
                .orElseThrow();
        var tests = new ArrayList<DynamicTest>();
        for (var family : LOGS) {
            var shown = KubernetesJson.parse(
                    Files.readString(Path.of("src/main/resources/signatures/" + family + ".yaml"))
                            .split("\n---\n", 2)[1],
                    JsonNode.class);
            for (var signature : Signatures.of(family).all()) {
                for (var example : shown.path(signature.id()).path("examples")) {
                    var alone = example.path("text").asText();
                    Stream.concat(Stream.of("%s"), ROOTS.stream())
                            .map(root -> root.formatted(alone))
                            .filter(text -> signature.in(text).isPresent())
                            .map(text -> placed(base, signature, alone, text))
                            .forEach(tests::add);
                }
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(LEAST_PLACED);
        return tests.stream();
    }

    /** As it stands alone it may mean something else as well. */
    private static DynamicTest placed(CauseCase base, Signature signature, String alone, String text) {
        return dynamicTest(signature + ": " + text.lines().findFirst().orElse(""), () -> {
            var said = diagnosis(base, text);
            var own = List.of(signature.cause(), diagnosis(base, alone).cause());

            assertThat(said.confidence()).as(said.toString()).isLessThan(own.contains(said.cause()) ? 101 : ACTS);
        });
    }

    private static Diagnosis diagnosis(CauseCase base, String log) {
        return Rules.diagnose(
                base.with(log.lines().toList(), List.of()).evidence().orElseThrow());
    }

    /** The cases that look like a cause that only one rule says. */
    private static Stream<String> looksLike(Set<String> rules) {
        return CauseCase.all().stream()
                .flatMap(one -> one.instead().stream())
                .flatMap(cause -> rules.stream().filter(rule -> rule.endsWith(" " + cause)))
                .filter(rule -> rules.stream()
                                .filter(other -> other.endsWith(rule.substring(rule.indexOf(' '))))
                                .count()
                        == 1);
    }

    private static Set<String> surest() throws IOException {
        var all = new TreeSet<String>();
        for (var one : CauseCase.all()) {
            var said = Rules.diagnose(one.evidence().orElseThrow());
            if (said.confidence() >= ACTS) {
                all.add(key(said.rule(), said.cause().name()));
            }
        }
        Surest.from(ACTS).map(one -> key(one.rule(), one.cause())).forEach(all::add);
        try (var files = Files.walk(Path.of("src/test/resources/scenarios"))) {
            for (var file : files.filter(path -> path.endsWith("expected.yaml")).toList()) {
                KubernetesJson.parse(Files.readString(file), JsonNode.class).findParents("rule").stream()
                        .filter(incident -> incident.path("confidence").asInt() >= ACTS)
                        .map(incident -> key(
                                incident.path("rule").asText(),
                                incident.path("cause").asText()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** A signature's id is written as a rule's name where the kubelet says it. */
    private static String key(String rule, String cause) {
        return rule.replace("-", "").toLowerCase(Locale.ROOT) + " " + cause;
    }
}
