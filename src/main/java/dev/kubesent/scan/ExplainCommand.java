package dev.kubesent.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.command.ExitCode;
import dev.kubesent.command.Rendering;
import dev.kubesent.redaction.Legible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: why a pod fails, from files; no cluster is asked. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Say why a pod fails, from files: no cluster is asked.",
            "Files are told apart by what is in them: a pod and its events as YAML or JSON, and what the container"
                    + " printed. - is standard input."
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
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "kubectl get pod NAME -o yaml; kubectl logs -p NAME; ...")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "print the answer of POST /diagnose as it is")
    private boolean isJson;

    public ExplainCommand(Doctor doctor, InputStream in) {
        this.doctor = doctor;
        this.in = in;
    }

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        try {
            var answer = doctor.ask(Given.question(texts()));
            var tree = KubernetesJson.parse(answer.json(), JsonNode.class);
            if (!answer.isGiven()) {
                throw new IllegalArgumentException(tree.path("detail").asText(answer.json()));
            }
            line.getOut().println(isJson ? answer.json() : text(tree));
            line.getOut().flush();
            return ExitCode.DONE.code();
        } catch (IOException | IllegalArgumentException e) {
            line.getErr().println("kubesent explain: " + e.getMessage());
            line.getErr().flush();
            return ExitCode.USAGE.code();
        }
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

    private static String text(JsonNode answer) {
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
        return String.join("\n", lines);
    }
}
