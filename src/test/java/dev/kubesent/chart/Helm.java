package dev.kubesent.chart;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Helm of this machine. Which: {@code KUBESENT_HELM}, programs separated by colons; else what ../shared has unpacked; else the path's. */
record Helm(Path program) {

    static final String HOW_TO_GET_ONE = "SKIPPED: no Helm; set KUBESENT_HELM to its program";

    /** Which kinds the cluster has, where there is none to ask; {@code lint} has no such flag. */
    static final String API_VERSIONS = "--api-versions";

    private static final String CHART = "knative/chart";

    /** One that was built from its Go module takes it for 1.20. */
    private static final String VERSION = "--kube-version=1.35.4";

    static List<Helm> all() {
        var given = Optional.ofNullable(System.getenv("KUBESENT_HELM")).stream()
                .flatMap(programs -> Arrays.stream(programs.split(File.pathSeparator)))
                .map(Path::of);
        var unpacked = Path.of(System.getProperty("user.home"), ".cache/kubesent/neighbours/bin/helm");
        var onPath =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "helm"));
        var found = Stream.concat(given, Stream.concat(Stream.of(unpacked), onPath))
                .filter(Files::isExecutable)
                .map(Helm::new)
                .toList();
        return System.getenv("KUBESENT_HELM") == null ? found.stream().limit(1).toList() : found;
    }

    /** @param output standard output and error */
    record Result(int code, String output) {}

    Result template(List<String> arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(program.toString(), "template", "kubesent", CHART, "--no-hooks", VERSION));
        command.addAll(arguments);
        return run(command);
    }

    Result lint(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString(), "lint", CHART, "--strict", VERSION));
        command.addAll(arguments.contains(API_VERSIONS) ? List.of() : arguments);
        return run(command);
    }

    private static Result run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    @Override
    public String toString() {
        return program.getFileName().toString();
    }
}
