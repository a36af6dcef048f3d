package dev.kubesent.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kubectl plugin, run by a shell as a user runs it. */
class PluginTest {

    private static final Path SOURCE = Path.of("src/plugin").toAbsolutePath();

    /** Prints its arguments, and ends with 7. */
    private static final String MAIN = PrintsArguments.class.getName();

    @TempDir
    private Path folder;

    /** What the launcher runs in place of KubeSent. */
    public static final class PrintsArguments {
        private PrintsArguments() {}

        @SuppressWarnings("SystemOut")
        public static void main(String... arguments) {
            System.out.println("ran " + List.of(arguments));
            System.exit(7);
        }
    }

    private record Result(int code, String output) {}

    @BeforeEach
    void install() throws IOException {
        Files.copy(SOURCE.resolve("kubectl-kubesent"), folder.resolve("kubectl-kubesent"));
        jar(folder.resolve("kubesent.jar"));
    }

    @Test
    void the_java_of_java_home_runs_the_jar_with_every_word_as_it_was() throws Exception {
        var run = launch(Map.of("JAVA_HOME", System.getProperty("java.home")), "reject", "x", "--because", "a b  *");

        assertThat(run).isEqualTo(new Result(7, "ran [reject, x, --because, a b  *]\n"));
    }

    @Test
    void it_is_found_through_the_link_that_krew_makes() throws Exception {
        var bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("kubectl-kubesent"), Path.of("../kubectl-kubesent"));

        var run = run(
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                bin.resolve("kubectl-kubesent").toString(),
                "scan");

        assertThat(run.output()).isEqualTo("ran [scan]\n");
    }

    @Test
    void an_old_java_is_passed_over_for_a_new_one_elsewhere() throws Exception {
        var old = java("old", "21.0.4", true);
        var jvms = Files.createDirectory(folder.resolve("jvms"));
        Files.createSymbolicLink(jvms.resolve("jdk-25"), Path.of(System.getProperty("java.home")));

        var run = launch(
                Map.of("JAVA_HOME", old.toString(), "KUBESENT_JAVA_FOLDERS", folder + "/none:" + jvms + "/*"), "scan");

        assertThat(run.output()).isEqualTo("ran [scan]\n");
    }

    @Test
    void where_there_is_none_it_says_what_it_found_and_what_to_do() throws Exception {
        var old = java("old", "21.0.4", true);
        var older = java("older", "1.8.0_402", false);

        var run = launch(
                Map.of("JAVA_HOME", old.toString(), "PATH", older + "/bin:" + tools(), "KUBESENT_JAVA_FOLDERS", ""),
                "scan");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output())
                .contains("it needs Java 25 or later, and there is none.")
                .contains("JAVA_HOME: " + old + "/bin/java is Java 21")
                .contains("the PATH: " + older + "/bin/java is Java 1")
                .contains("set JAVA_HOME to its folder");
    }

    @Test
    void a_jar_that_is_not_there_is_said() throws Exception {
        Files.delete(folder.resolve("kubesent.jar"));

        var run = launch(Map.of(), "scan");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).contains("there is no jar at " + folder.toRealPath() + "/kubesent.jar");
    }

    @Test
    void a_release_makes_an_archive_that_runs_and_a_manifest_with_nothing_left_to_fill() throws Exception {
        var out = folder.resolve("out");
        var made = run(
                Map.of(),
                SOURCE.resolve("release").toString(),
                folder.resolve("kubesent.jar").toString(),
                "1.2.3",
                "https://example.com",
                "https://example.com/downloads",
                out.toString());
        assertThat(made.code()).as(made.output()).isZero();
        var archive = out.resolve("kubesent-plugin-1.2.3.tar.gz");
        var text = Files.readString(out.resolve("kubesent.yaml"));
        var manifest = KubernetesJson.tree(KubernetesJson.parse(text, GenericKubernetesResource.class));

        assertThat(text).doesNotContain("@");
        assertThat(manifest.at("/spec/version").asText()).isEqualTo("v1.2.3");
        assertThat(manifest.at("/spec/platforms/0/uri").asText())
                .isEqualTo("https://example.com/downloads/kubesent-plugin-1.2.3.tar.gz");
        assertThat(manifest.at("/spec/platforms/0/sha256").asText()).isEqualTo(sha256(archive));

        var store = Files.createDirectory(folder.resolve("store"));
        assertThat(run(Map.of(), "tar", "-xzf", archive.toString(), "-C", store.toString())
                        .code())
                .isZero();
        var bin = store.resolve(manifest.at("/spec/platforms/0/bin").asText()).toString();
        assertThat(run(Map.of("JAVA_HOME", System.getProperty("java.home")), bin, "scan")
                        .output())
                .isEqualTo("ran [scan]\n");
    }

    private Result launch(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(folder.resolve("kubectl-kubesent").toString()));
        command.addAll(List.of(words));
        return run(environment, command.toArray(String[]::new));
    }

    /** With this environment, and no other Java than it names. */
    private Result run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("TMPDIR"));
        builder.environment().putAll(Map.of("PATH", tools(), "HOME", folder.toString(), "KUBESENT_JAVA_FOLDERS", ""));
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /** A PATH with what the scripts need, and no java. */
    private String tools() throws IOException {
        var tools = folder.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectory(tools);
            for (var tool : List.of(
                    "sh",
                    "sed",
                    "head",
                    "dirname",
                    "readlink",
                    "cp",
                    "mkdir",
                    "mktemp",
                    "rm",
                    "tar",
                    "gzip",
                    "sha256sum")) {
                Files.createSymbolicLink(tools.resolve(tool), found(tool));
            }
        }
        return tools.toString();
    }

    private static Path found(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    /** One that only says its version. @param hasRelease whether it is told by the file release, too */
    private Path java(String name, String version, boolean hasRelease) throws IOException {
        var home = folder.resolve(name);
        var java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2024-07-16' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        if (hasRelease) {
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        }
        return home;
    }

    private static void jar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, MAIN);
        var name = MAIN.replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                var jar = new JarOutputStream(out, manifest);
                var bytes = PluginTest.class.getClassLoader().getResourceAsStream(name)) {
            jar.putNextEntry(new ZipEntry(name));
            jar.write(bytes.readAllBytes());
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
