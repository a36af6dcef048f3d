package dev.kubesent.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding 1 of shared/reviews/security.md, for images: of a pod's image, only what is a name of one becomes part of a registry's URL. */
class ForgedImageNameTest {

    private static final String HOST = "registry.example.com/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../v2/_catalog",
                "shop/../../secrets",
                "shop/./web",
                "shop//web",
                "shop/web?n=1",
                "shop/web#x",
                "shop/web%2f..",
                "shop/web\\..",
                "shop/web\r\nHost: x",
                "shop/web x",
                "Shop/web",
                "shop/web:1.0/../2.0",
                "shop/web:1.0?x=1",
                "shop/web:1.0#x",
                "shop/web:.1",
                "shop/web@sha256:../../x",
                "shop/web@sha256:short",
                "shop/web@",
                "shop/web:",
                "shop/wéb"
            })
    void what_is_no_name_of_an_image_is_refused(String path) {
        assertThat(Reference.of(HOST + path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/web", "shop/web:1.4.2", "shop/web-a__b.c:V1_2-x"})
    void what_is_one_is_asked_for(String path) {
        assertThat(Reference.of(HOST + path)).isPresent();
    }
}
