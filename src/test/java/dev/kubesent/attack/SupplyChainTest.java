package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** shared/reviews/security.md, 8: what is fetched to build KubeSent is named by what it is, and not by a name that others can move. */
class SupplyChainTest {

    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern USES = Pattern.compile("uses:\\s*(\\S+)");

    @Test
    void every_action_is_named_by_its_commit() throws IOException {
        var used = actions();

        assertThat(used).hasSizeGreaterThanOrEqualTo(2);
        assertThat(used).allMatch(action -> action.startsWith("./") || action.matches("[\\w./-]+@[0-9a-f]{40}"));
    }

    private static List<String> actions() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.flatMap(file -> USES.matcher(read(file)).results().map(found -> found.group(1)))
                    .toList();
        }
    }

    @Test
    void the_wrapper_knows_the_checksum_of_what_it_downloads() throws IOException {
        var wrapper = new Properties();
        try (var file = Files.newInputStream(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
            wrapper.load(file);
        }

        assertThat(wrapper.getProperty("distributionUrl")).startsWith("https://");
        assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
    }

    @Test
    void the_base_image_is_named_by_its_digest() {
        assertThat(read(Path.of("pom.xml"))).containsPattern("<image\\.base>[^<]+@sha256:[0-9a-f]{64}</image\\.base>");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
