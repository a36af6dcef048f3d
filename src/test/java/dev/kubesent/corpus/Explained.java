package dev.kubesent.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.scan.ExplainCommand;
import dev.kubesent.testing.ScenarioRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What {@code explain} says of files, judged as an answer of {@code /diagnose} is. */
final class Explained {

    /** Long after any of them. */
    private static final Clock NOW = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final DiagnoseEndpoint DOCTOR =
            new DiagnoseEndpoint(Doctor.none(), ScenarioRun.defaultPolicies(), 1 << 20, 4, NOW);

    private Explained() {}

    static Verdict.Judged judge(Report report, List<Path> files) throws IOException {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = Stream.concat(Stream.of("--json"), files.stream().map(Path::toString));
        var code = new CommandLine(new ExplainCommand(Explained::ask, NOW, InputStream.nullInputStream()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        return Verdict.judge(report, code == 0 ? 200 : code, answer(out, err));
    }

    private static JsonNode answer(StringWriter out, StringWriter err) throws IOException {
        return out.toString().isEmpty()
                ? JSON.createObjectNode().put("said", err.toString().strip())
                : JSON.readTree(out.toString());
    }

    private static ExplainCommand.Answer ask(byte[] question) {
        var reply = DOCTOR.answer(new Request(Map.of(), question));
        return new ExplainCommand.Answer(reply.status() == 200, new String(reply.body(), StandardCharsets.UTF_8));
    }
}
