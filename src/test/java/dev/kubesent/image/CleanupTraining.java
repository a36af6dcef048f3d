package dev.kubesent.image;

import dev.kubesent.function.BuildCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Trains the AOT cache of the cleanup, which has 1,600 classes where the function has 15,000: one run over a small tree. Also writes down how it is
 * started with that: {@code /app/cleanup.args}, a file of arguments for {@code java}.
 */
final class CleanupTraining {

    static final String CACHE = "cleanup.aot";

    static final String ARGUMENTS = "cleanup.args";

    /** Also the image's. How much memory it may have, the manifest says. */
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private static final String MAIN = "dev.kubesent.function.CleanupMain";

    private static final int DIRECTORIES = 20;

    private static final int FILES = 500;

    private final Path root;

    /** @param root the folder that has app/ and jre/ */
    CleanupTraining(Path root) {
        this.root = root;
    }

    void train() throws IOException, InterruptedException {
        var app = root.resolve("app");
        Files.deleteIfExists(app.resolve(CACHE));
        var options = new ArrayList<>(AotTraining.NO_PROFILES);
        options.add("-XX:AOTCacheOutput=" + app.resolve(CACHE));
        run(options);
        if (!Files.exists(app.resolve(CACHE))) {
            throw new IllegalStateException("the JVM wrote no cache; see " + log());
        }
        Files.write(app.resolve(ARGUMENTS), arguments(app));
    }

    /** With AOTMode=on a JVM that cannot use the cache ends at once. */
    void check() throws IOException, InterruptedException {
        run(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + root.resolve("app").resolve(CACHE)));
    }

    /** As the image has them. */
    private static List<String> arguments(Path app) {
        var arguments = new ArrayList<>(FLAGS);
        arguments.add("-XX:AOTCache=/app/" + CACHE);
        arguments.add("-Dkubesent.build=" + BuildCheck.fingerprint(app.resolve("kubesent.jar")));
        arguments.addAll(List.of("-cp", "/app/kubesent.jar", MAIN));
        return arguments;
    }

    private void run(List<String> options) throws IOException, InterruptedException {
        var tree = planted();
        try {
            run(tree, options);
        } finally {
            try (var left = Files.walk(tree)) {
                for (var path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void run(Path tree, List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(root.resolve("jre/bin/java").toString());
        command.addAll(FLAGS);
        command.addAll(options);
        command.addAll(List.of("-cp", root.resolve("app/kubesent.jar").toString(), MAIN));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().put("SOURCE_DIR", tree.toString());
        builder.environment().put("DAYS_OLD", "30");
        builder.environment().put("REMOVE_EMPTY_DIRS", "true");
        builder.environment().put("MAX_SECONDS", "7000");
        var process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the cleanup does not come to its end; see " + log());
        }
    }

    /** Half of the files are old. */
    private static Path planted() throws IOException {
        var tree = Files.createTempDirectory("cleanup-training").toRealPath();
        var old = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
        for (int number = 0; number < DIRECTORIES; number++) {
            var directory = Files.createDirectory(tree.resolve("d" + number));
            for (int file = 0; file < FILES / DIRECTORIES; file++) {
                var path = Files.createFile(directory.resolve(file + ".log"));
                if (file % 2 == 1) {
                    Files.setLastModifiedTime(path, old);
                }
            }
        }
        return tree;
    }

    private Path log() {
        return root.resolveSibling("cleanup-training.log");
    }
}
