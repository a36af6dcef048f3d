package dev.kubesent.gate.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The other constraints judge by what a change says of itself; this one holds that its patch says the same. */
class FieldAllowedTest {

    private static final ObjectRef WEB = new ObjectRef("apps/v1", "Deployment", "shop", "web", "u");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        resources/limits/memory | 132Mi |
        resources/limits/memory | 1Ti   | its patch sets something else than 132Mi
        resources/limits/cpu    | 1Ti   | its patch sets something else than 132Mi
        image                   | 132Mi | /spec/template/spec/containers/0/image
        """)
    void what_is_sent_is_what_was_judged(String field, String value, String why) {
        var path = "/spec/template/spec/containers/0/" + field;
        var raise = new MemoryRaise("app", Memory.ofMi(32), Memory.ofMi(132), false);
        var sent = List.<PatchOperation>of(new PatchOperation.Put(path, TextNode.valueOf(value)));
        var change = new TemplatePatch(WEB, raise, sent, List.of(), "", "");

        assertThat(FieldAllowed.whyNot(change, Set.of("spec.containers[*].resources"))
                        .orElse(""))
                .isEqualTo(why == null ? "" : why);
    }
}
