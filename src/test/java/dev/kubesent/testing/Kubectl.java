package dev.kubesent.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The kubectl that comes with the API server, as a user runs it. */
public final class Kubectl {

    private final Path program;
    private final Optional<Path> kubeconfig;

    private Kubectl(Path program, Optional<Path> kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /** It may do everything. */
    public static Kubectl required(ApiServer server) throws IOException {
        var file = Files.createTempFile("kubeconfig", ".yaml");
        file.toFile().deleteOnExit();
        Files.writeString(file, server.adminKubeconfig());
        return new Kubectl(program().orElseThrow(), Optional.of(file));
    }

    /** For what asks no cluster, such as {@code kubectl kustomize}. */
    public static Kubectl withoutCluster() throws IOException {
        var program = program();
        if (program.isEmpty() && "true".equals(System.getenv("KUBESENT_REQUIRE_API_SERVER"))) {
            throw new IllegalStateException("no kubectl: set KUBE_API_TEST_DIR");
        }
        Assumptions.assumeTrue(program.isPresent(), "SKIPPED: no kubectl; set KUBE_API_TEST_DIR");
        return new Kubectl(program.orElseThrow(), Optional.empty());
    }

    /** @param output standard output and error */
    public record Result(int code, String output) {}

    public Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        kubeconfig.ifPresent(file -> command.addAll(List.of("--kubeconfig", file.toString())));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static Optional<Path> program() throws IOException {
        var folder = ApiServer.folder();
        if (folder.isEmpty() || !Files.isDirectory(Path.of(folder.get(), "k8s"))) {
            return Optional.empty();
        }
        try (var versions = Files.list(Path.of(folder.get(), "k8s"))) {
            return versions.map(version -> version.resolve("kubectl"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
