package dev.kubesent.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.command.ExitCode;
import dev.kubesent.command.Rendering;
import dev.kubesent.redaction.Legible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: why pods fail, from files; no cluster is asked. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Say why pods fail, from files: no cluster is asked.",
            "It recognises files by their content: pods and events as YAML or JSON, the output of kubectl describe"
                    + " pod, and what a container printed. - is standard input."
        },
        exitCodeOnExecutionException = 70,
        footerHeading = Rendering.RIGHTS,
        footer = "None: no cluster is asked.")
public final class ExplainCommand implements Callable<Integer> {

    /** Bytes of a file. More of a log than anybody reads; a pod has 1.5 MiB at most. */
    private static final int LONGEST = 8 << 20;

    /** Answers as {@code POST /diagnose} does. */
    @FunctionalInterface
    public interface Doctor {
        Answer ask(byte[] question);
    }

    /** @param isGiven whether it is a diagnosis; else the JSON says what is wrong with the question */
    public record Answer(boolean isGiven, String json) {}

    private final Doctor doctor;
    private final Clock clock;
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "kubectl get pod NAME -o yaml; kubectl describe pod NAME; kubectl logs -p NAME; ...")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--json",
            description = "print the answer of POST /diagnose as it is; one a line where there are several pods")
    private boolean isJson;

    public ExplainCommand(Doctor doctor, Clock clock, InputStream in) {
        this.doctor = doctor;
        this.clock = clock;
        this.in = in;
    }

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        try {
            var pods = Given.pods(texts(), clock.instant());
            var answers = pods.stream().map(this::ask).toList();
            if (answers.stream().noneMatch(Answer::isGiven)) {
                throw new IllegalArgumentException(refusals(pods, answers));
            }
            for (int at = 0; at < pods.size(); at++) {
                line.getOut()
                        .println(
                                isJson ? answers.get(at).json() : text(pods.get(at), answers.get(at), pods.size() > 1));
            }
            line.getOut().flush();
            return ExitCode.DONE.code();
        } catch (IOException | IllegalArgumentException e) {
            line.getErr().println("kubesent explain: " + Legible.block(String.valueOf(e.getMessage())));
            line.getErr().flush();
            return ExitCode.USAGE.code();
        }
    }

    private Answer ask(Given.Asked pod) {
        return pod.undecidable().isEmpty()
                ? doctor.ask(pod.question().getBytes(StandardCharsets.UTF_8))
                : new Answer(
                        false,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("detail", pod.undecidable())
                                .toString());
    }

    private static String refusals(List<Given.Asked> pods, List<Answer> answers) {
        return IntStream.range(0, pods.size())
                .mapToObj(at -> (pods.size() > 1 ? pods.get(at).name() + ": " : "")
                        + why(answers.get(at))
                        + missing(pods.get(at)))
                .collect(Collectors.joining("\n"));
    }

    private static String missing(Given.Asked pod) {
        return pod.unread().stream().map(missing -> "\n  unread   " + missing).collect(Collectors.joining());
    }

    /** Of an answer that is no diagnosis. */
    private static String why(Answer answer) {
        return KubernetesJson.parse(answer.json(), JsonNode.class)
                .path("detail")
                .asText(answer.json());
    }

    private List<String> texts() throws IOException {
        var texts = new ArrayList<String>();
        for (var file : files) {
            try (var content = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
                var bytes = content.readNBytes(LONGEST + 1);
                if (bytes.length > LONGEST) {
                    throw new IOException("'%s' is larger than %d MiB".formatted(file, LONGEST >> 20));
                }
                texts.add(new String(bytes, StandardCharsets.UTF_8));
            } catch (java.nio.file.NoSuchFileException e) {
                throw new IOException("there is no file '" + file + "'", e);
            }
        }
        return texts;
    }

    private static String text(Given.Asked pod, Answer given, boolean isNamed) {
        var lines = new ArrayList<String>();
        if (isNamed) {
            lines.add("Pod " + Legible.line(pod.name()));
        }
        lines.addAll(
                given.isGiven()
                        ? diagnosis(KubernetesJson.parse(given.json(), JsonNode.class))
                        : List.of(Legible.line(why(given))));
        pod.unread().forEach(missing -> lines.add("  unread   " + Legible.line(missing)));
        return String.join("\n", lines) + (isNamed ? "\n" : "");
    }

    private static List<String> diagnosis(JsonNode answer) {
        var lines = new ArrayList<String>();
        lines.add("%s, confidence %d: %s"
                .formatted(
                        answer.path("cause").asText(),
                        answer.path("confidence_score").asInt(),
                        Legible.line(answer.path("root_cause").asText())));
        answer.path("evidence").forEach(line -> lines.add("  because  " + Legible.line(line.asText())));
        lines.add("  you      " + Legible.block(answer.path("advice").asText()).replace("\n", "\n           "));
        var fix = answer.path("suggested_fix_yaml").asText().strip();
        if (!fix.isEmpty()) {
            lines.add("  fix\n    " + Legible.block(fix).replace("\n", "\n    "));
        }
        return lines;
    }
}
