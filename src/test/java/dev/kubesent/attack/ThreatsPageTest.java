package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/threats.md says holds an attack is a test that is there; and no attack test is missing from it. */
class ThreatsPageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    @Test
    void every_test_of_the_page_exists_and_every_attack_test_is_on_it() throws IOException {
        var named = TEST.matcher(Files.readString(Path.of("docs/threats.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        var attacks = tests(Path.of("src/test/java/dev/kubesent/attack"));
        attacks.remove("ThreatsPageTest");

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(tests(Path.of("src/test/java"))).containsAll(named);
        assertThat(named).containsAll(attacks);
    }

    private static Set<String> tests(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
