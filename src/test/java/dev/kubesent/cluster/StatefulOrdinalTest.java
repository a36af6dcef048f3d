package dev.kubesent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finding 4d of shared/reviews/security.md: a name that is none of a StatefulSet's ended in a defect. */
class StatefulOrdinalTest {

    @ParameterizedTest
    @CsvSource({
        "db-0, 0",
        "db-17, 17",
        "my-db-2, 2",
        "forged-x, -1",
        "db, -1",
        "db-, -1",
        "db-01, -1",
        "db--1, 1",
        "db-99999999999999, -1"
    })
    void a_name_that_is_none_has_no_ordinal(String name, int ordinal) {
        assertThat(StatefulOrdinal.of(name)).isEqualTo(ordinal < 0 ? OptionalInt.empty() : OptionalInt.of(ordinal));
    }
}
