package dev.kubesent.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Finding 8 of shared/reviews/security.md: what is applied as it is shipped deletes nothing. */
class ShippedDryTest {

    private static final Pattern DRY_RUN = Pattern.compile("name: DRY_RUN\\s+value: (\\S+)");

    @Test
    void every_cleanup_that_is_shipped_says_dry_run_true() throws IOException {
        var values = new ArrayList<String>();
        try (var files = Files.walk(Path.of("knative/cleanup"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                DRY_RUN.matcher(Files.readString(file)).results().forEach(found -> values.add(found.group(1)));
            }
        }

        assertThat(Files.readString(Path.of("knative/cleanup/base/cronjob.yaml")))
                .containsPattern(DRY_RUN);
        assertThat(values).hasSizeGreaterThanOrEqualTo(2).containsOnly("\"true\"");
    }
}
