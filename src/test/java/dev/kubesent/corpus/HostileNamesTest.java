package dev.kubesent.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an image is called says nothing of why a pod fails: with the words of other causes in its name the answer stays. */
class HostileNamesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOSTILE = "team/unauthorized-x509-no-such-host-blackbox-exporter-denied-by-policy-429";

    /** Reports of pods whose image has an owner in its name. */
    private static final int LEAST = 60;

    @Test
    void words_in_the_name_of_an_image_change_no_cause() {
        var reports = Report.below(Report.ALL).stream()
                .filter(report -> path(report).contains("/"))
                .toList();
        assertThat(reports).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(reports).allSatisfy(report -> {
            var before = Corpus.ask(report.request());
            var after = Corpus.ask(renamed(report));

            assertThat(after.path("cause").asText())
                    .as(report + ": " + after.path("root_cause").asText())
                    .isEqualTo(before.path("cause").asText());
            assertThat(after.path("confidence_score")).isEqualTo(before.path("confidence_score"));
        });
    }

    private static JsonNode renamed(Report report) {
        var path = path(report);
        // A folder of that name in the container is no name of an image.
        var image = Pattern.compile(Pattern.quote(path) + "(?!/)");
        try {
            return JSON.readTree(image.matcher(report.request().toString())
                    .replaceAll(HOSTILE)
                    .replace(path.replace("/", "%2F"), HOSTILE.replace("/", "%2F")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without registry, tag and digest. */
    private static String path(Report report) {
        return report.request()
                .at("/pod/spec/containers/0/image")
                .asText()
                .replaceFirst("@.*", "")
                .replaceFirst("^[^/]*[.:][^/]*/", "")
                .replaceFirst(":[^:/]*$", "");
    }
}
