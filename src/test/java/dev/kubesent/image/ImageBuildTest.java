package dev.kubesent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.cloud.tools.jib.api.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an image may be built on, and where it may go without TLS. */
class ImageBuildTest {

    private static final String NAME = "gcr.io/distroless/base-nossl-debian12:nonroot";

    @Test
    void a_base_that_somebody_can_exchange_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBuild.base(NAME))
                .withMessageContaining("no digest");
    }

    @Test
    void a_base_by_its_digest_is_taken() {
        assertThatCode(() -> ImageBuild.base(NAME + "@sha256:" + "0a".repeat(32)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5000/kubesent:1, true",
        "localhost/kubesent:1, true",
        "127.0.0.1:5000/kubesent:1, true",
        "registry.example.com/kubesent:1, false",
        "localhost.example.com/kubesent:1, false",
        "10.0.0.1:5000/kubesent:1, false",
        "kubesent:1, false"
    })
    void only_to_a_registry_of_this_machine_it_goes_without_tls(String name, boolean insecure) throws Exception {
        assertThat(ImageBuild.isOfThisMachine(ImageReference.parse(name))).isEqualTo(insecure);
    }
}
