package dev.kubesent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.diagnosis.model.AnswerReader;
import dev.kubesent.diagnosis.model.AnswerReader.UnusableAnswerException;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.PromptWriter;
import dev.kubesent.diagnosis.model.SuggestedPatch;
import dev.kubesent.diagnosis.rules.Rules;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.lambda.InvocationFailedException;
import dev.kubesent.lambda.LambdaEndpoint;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.redaction.Masking;
import dev.kubesent.redaction.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where foreign bytes come in, and what must hold whatever they are. */
public enum FuzzTargets {
    /** The event door, with the embedded cluster behind it: in structured, batch and binary mode. */
    DOOR(List.of("events", "src/test/resources/scenarios", "src/test/resources/fuzz/door")) {
        @Override
        public void run(byte[] input) {
            for (var request : requests(input)) {
                check(door().answer(request));
            }
        }
    },
    DIAGNOSE(List.of("events/diagnose", "src/test/resources/fuzz/diagnose")) {
        @Override
        public void run(byte[] input) {
            check(diagnosis().answer(new Request(Map.of("content-type", "application/json"), input)));
        }
    },
    /** What a program prints and the kubelet says, to the rules, to what persons are shown, and to the prompt. */
    LOG(List.of("src/test/resources/causes", "src/test/resources/fuzz/log")) {
        @Override
        public void run(byte[] input) {
            var text = new String(input, StandardCharsets.UTF_8);
            var evidence = Questions.evidence(text);
            assertThat(Rules.diagnose(evidence).confidence()).isBetween(0, 100);
            assertThat(Masking.text(text)).hasSizeLessThanOrEqualTo(LONGEST_SHOWN);
            for (var addresses : Redaction.Addresses.values()) {
                var prompt =
                        PromptWriter.write(evidence, new Redaction(addresses)).evidence();
                assertThat(prompt).hasSizeLessThanOrEqualTo(LONGEST_SHOWN).endsWith(END_OF_EVIDENCE);
                assertThat(prompt.indexOf(END_OF_EVIDENCE)).isEqualTo(prompt.length() - END_OF_EVIDENCE.length());
            }
        }
    },
    PATCH(List.of("src/test/resources/fuzz/patch")) {
        @Override
        public void run(byte[] input) {
            var text = new String(input, StandardCharsets.UTF_8);
            var patch = SuggestedPatch.read(text, "app", Set.of("spec.containers[*].resources"));
            assertThat(patch.dropped()).hasSizeLessThanOrEqualTo(20);
            try {
                var _ = AnswerReader.read(
                        text, PromptWriter.write(Questions.oom(), new Redaction(Redaction.Addresses.KEPT)));
            } catch (UnusableAnswerException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    },
    LAMBDA(List.of("src/test/resources/lambda", "src/test/resources/fuzz/lambda")) {
        @Override
        public void run(byte[] input) {
            var lambda = new LambdaEndpoint(
                    () -> {},
                    (_, _, request) -> checked(door().answer(request)),
                    request -> checked(door().answer(request)),
                    _ -> Reply.empty(202));
            try {
                assertThat(lambda.answer(input)).isNotEmpty();
            } catch (InvocationFailedException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    };

    /** Each character that is a secret may become a mark or a placeholder. */
    private static final int LONGEST_SHOWN = 4 * Masking.LONGEST;

    private static final String END_OF_EVIDENCE = "=====EVIDENCE ENDS=====";
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_BODY = 1 << 20;

    private final List<String> folders;

    FuzzTargets(List<String> folders) {
        this.folders = folders;
    }

    /** @throws AssertionError or anything else where what must hold does not */
    public abstract void run(byte[] input);

    /** What is there to begin with: examples, and what once went wrong. */
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (var folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return seeds;
    }

    private static EventEndpoint door() {
        var scenario = Scenario.named("oom-deployment");
        var clock = Clock.fixed(scenario.time(), ZoneOffset.UTC);
        return ScenarioRun.endpoint(
                new InMemoryTestCluster().load(scenario, clock).ports(), clock, "fuzz");
    }

    private static DiagnoseEndpoint diagnosis() {
        return new DiagnoseEndpoint(Doctor.none(), ScenarioRun.defaultPolicies(), LONGEST_BODY, 1, Clock.systemUTC());
    }

    /** A file of HTTP with its own headers; anything else as the body of each mode. */
    private static List<Request> requests(byte[] input) {
        var text = new String(input, StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\n\n");
        if (text.startsWith("POST") && end > 0) {
            return List.of(new Request(
                    headers(text.substring(0, end)), text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1)));
        }
        return List.of(
                new Request(Map.of("content-type", "application/cloudevents+json"), input),
                new Request(Map.of("content-type", "application/cloudevents-batch+json"), input));
    }

    private static Map<String, String> headers(String head) {
        var headers = new HashMap<String, String>();
        head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip()));
        return headers;
    }

    private static Reply checked(Reply reply) {
        check(reply);
        return reply;
    }

    /** A cluster in memory always answers: what is not the sender's error is ours. */
    private static void check(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 499);
        assertThat(reply.body()).hasSizeLessThanOrEqualTo(LONGEST_ANSWER);
    }
}
