package dev.kubesent.cleanup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Real files of a real file system, ten days old unless said otherwise. */
final class Tree {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Instant OLD = NOW.minus(Duration.ofDays(10));

    final Path root;
    final Map<String, String> environment = new HashMap<>();
    final List<String> complaints = new CopyOnWriteArrayList<>();

    Tree(Path root) {
        this.root = root;
        environment.put("SOURCE_DIR", root.toString());
        environment.put("DAYS_OLD", "5");
    }

    Tree with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path old(String file) {
        return at(file, OLD);
    }

    Path young(String file) {
        return at(file, NOW);
    }

    Path at(String file, Instant modified) {
        try {
            var path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "0123456789");
            touch(path, modified);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void touch(Path path, Instant modified) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(modified));
    }

    CleanupSettings settings() {
        return CleanupSettings.read(environment::get);
    }

    Cleanup cleanup() {
        return new Cleanup(settings(), Clock.fixed(NOW, ZoneOffset.UTC), complaints::add);
    }

    Summary run() {
        return cleanup().run();
    }

    /** Relative, sorted; directories end with a slash. */
    List<String> left() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path)
                            + (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
