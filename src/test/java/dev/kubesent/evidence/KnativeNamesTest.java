package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnativeNamesTest {

    /** The first two rows are those of knative.dev/pkg, kmeta/names_test.go; the last two are at the border, 52 characters and 53. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        asdf, asdf-deployment
        fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, ffffffffffffffffffff105d7597f637e83cc711605ac3ea4957-deployment
        a234567890123456789012345678901234567890123456-00001, a234567890123456789012345678901234567890123456-00001-deployment
        a2345678901234567890123456789012345678901234567-00001, a234567890123456789059b687995071c5785d092af92b511f95-deployment
        """)
    void a_revisions_deployment_is_named_as_knative_names_it(String revision, String deployment) {
        assertThat(KnativeNames.deployment(revision)).isEqualTo(deployment).hasSizeLessThanOrEqualTo(63);
    }
}
