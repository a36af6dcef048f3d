package dev.kubesent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.cloud.tools.jib.api.ImageReference;
import java.util.Map;
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

    @ParameterizedTest
    @CsvSource({"amd64, amd64", "x86_64, amd64", "aarch64, arm64"})
    void the_base_is_of_the_machine_whose_runtime_is_put_on_it(String arch, String expected) {
        assertThat(ImageBuild.platform(arch).getArchitecture()).isEqualTo(expected);
    }

    @Test
    void no_other_machine_makes_an_image() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageBuild.platform("s390x"));
    }

    @Test
    void the_labels_say_what_it_is_and_where_it_is_from_and_no_time() {
        var environment = Map.of("IMAGE_SOURCE", "https://example.com/kubesent", "IMAGE_REVISION", "0a1b");

        assertThat(ImageBuild.labels("0.2.0", environment))
                .containsEntry("org.opencontainers.image.version", "0.2.0")
                .containsEntry("org.opencontainers.image.source", "https://example.com/kubesent")
                .containsEntry("org.opencontainers.image.revision", "0a1b")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .doesNotContainKey("org.opencontainers.image.created");
        assertThat(ImageBuild.labels("0.2.0", Map.of())).doesNotContainKey("org.opencontainers.image.source");
    }
}
