package dev.kubesent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {

    private static final String HOSTILE = "x | <script>alert(1)</script> `[a](http://b)` \u001b[2J\u202E";

    private static ScanReport report(String why) {
        return new ScanReport(
                12,
                List.of(new Found(
                        "shop",
                        "Deployment/web",
                        "app",
                        FailureKind.CrashLoopBackOff,
                        "web-1",
                        3,
                        Cause.COMMAND_NOT_FOUND,
                        95,
                        why,
                        List.of("STATUS: " + why, "LOG: two", "LOG: three", "LOG: four", "LOG: five"),
                        "take Deployment/web back",
                        "the API server would accept it from you (dry run)",
                        "Correct it.\nThen roll out.",
                        List.of("NODE: forbidden"))),
                List.of("pod shop/other: unreadable"));
    }

    @Test
    void a_table_is_read_from_above() {
        assertThat(Format.TABLE.of(report("There is no such file."))).isEqualTo("""
            shop/Deployment/web, container app: CrashLoopBackOff (3 pods, as web-1)
              COMMAND_NOT_FOUND, confidence 95: There is no such file.
              because  STATUS: There is no such file.
              because  LOG: two
              because  LOG: three
              KubeSent would take Deployment/web back
              tried    the API server would accept it from you (dry run)
              you      Correct it.
                       Then roll out.
              unread   NODE: forbidden

            12 pods looked at, 1 failure.
            not looked at: pod shop/other: unreadable\
            """);
    }

    @Test
    void json_has_all_of_it() throws Exception {
        var tree = new ObjectMapper().readTree(Format.JSON.of(report(HOSTILE)));

        assertThat(tree.at("/found/0/why").asText()).isEqualTo(HOSTILE);
        assertThat(tree.at("/found/0/evidence")).hasSize(5);
    }

    @Test
    void a_line_of_a_log_is_no_markup() {
        assertThat(Format.MARKDOWN.of(report(HOSTILE)))
                .contains("x \\| \\<script\\>alert(1)\\</script\\> \\`\\[a\\](http://b)\\`");
    }

    @ParameterizedTest
    @EnumSource(names = {"TABLE", "MARKDOWN"})
    void what_a_person_reads_moves_no_cursor(Format format) {
        assertThat(format.of(report(HOSTILE))).doesNotContain("\u001b", "\u202E");
    }

    @Test
    void nothing_is_said_as_well() {
        assertThat(Format.TABLE.of(new ScanReport(3, List.of(), List.of())))
                .isEqualTo("3 pods looked at, nothing fails.");
    }
}
