package dev.kubesent.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAuthoritiesTest {

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path runtime;

    @Test
    void they_are_set_aside_and_no_rule_is_weaker_for_it() throws Exception {
        copy("lib/security/cacerts");
        copy("conf/security/java.security");

        new PublicAuthorities(runtime).setAside();

        assertThat(runtime.resolve("lib/security/cacerts")).doesNotExist();
        assertThat(runtime.resolve("lib/security/jssecacerts"))
                .hasSameBinaryContentAs(JDK.resolve("lib/security/cacerts"));
        assertThat(rules()).contains("SHA1 usage TLSServer").doesNotContain("jdkCA &");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MD2, MD5, SHA3 jdkCA",
                "MD2, MD5, SHA1 jdkCA & usage TLSServer, RSA keySize < 2048 & jdkCA",
                "MD2, MD5, SHA1 jdkCA & usage TLSServer, RSA keySize < 2048 & jdkca"
            })
    void a_jdk_with_other_rules_is_no_runtime_before_somebody_has_looked_at_them(String rules) throws Exception {
        copy("lib/security/cacerts");
        Files.createDirectories(runtime.resolve("conf/security"));
        Files.writeString(
                runtime.resolve("conf/security/java.security"), "jdk.certpath.disabledAlgorithms=" + rules + "\n");

        assertThatIllegalStateException().isThrownBy(() -> new PublicAuthorities(runtime).setAside());
    }

    private String rules() throws IOException {
        return String.join(
                "\n",
                Files.readAllLines(runtime.resolve("conf/security/java.security")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
    }

    private void copy(String file) throws IOException {
        Files.createDirectories(runtime.resolve(file).getParent());
        Files.copy(JDK.resolve(file).toRealPath(), runtime.resolve(file));
    }
}
