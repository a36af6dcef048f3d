package dev.kubesent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.cures.Acts;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every kind of act. */
class ActsTest {

    @Test
    void each_kind_that_changes_something_has_its_row() {
        assertThat(Acts.EACH.stream().<Class<?>>map(act -> act.sample().getClass()))
                .containsExactlyInAnyOrderElementsOf(kinds(Action.class).stream()
                        .filter(kind -> kind.isRecord() && kind != Action.None.class)
                        .toList());
    }

    /** Of a rollback it depends on the cause, and what a model suggests is in no chapter. */
    @Test
    void the_page_of_causes_says_what_each_does() {
        assertThat(Acts.EACH.stream().filter(act -> act.does().isEmpty()).map(Acts::sample))
                .hasOnlyElementsOfTypes(RollBack.class, SetField.class);
    }

    @Test
    void an_act_is_for_what_its_row_says_and_cures_something_but_not_everything() {
        assertThat(Acts.EACH).allSatisfy(act -> {
            assertThat(act.sample().isForWhatIsDown()).isEqualTo(act.forWhatIsDown());
            assertThat(act.sample().cures())
                    .isNotEmpty()
                    .hasSizeLessThan(new Action.None("").cures().size());
        });
    }

    /** The whole sealed family. */
    private static Set<Class<?>> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(kind -> Stream.concat(Stream.of(kind), kind.isSealed() ? kinds(kind).stream() : Stream.of()))
                .collect(Collectors.toSet());
    }
}
