package dev.kubesent.incident;

import dev.kubesent.cluster.ObjectRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** By what the CRD in a cluster is told from that of another version: a field that it does not know is lost whenever it is written. */
public final class Schema {

    /** On the CRD: the hash of its spec without what only explains. */
    public static final String HASH = "kubesent.dev/schema-hash";

    public static final ObjectRef CRD =
            new ObjectRef("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "incidents.kubesent.dev", "");

    private static final String FILE = "/incident/schema-hash";

    private Schema() {}

    /** Of the CRD that this build brings. */
    public static String hash() {
        try (var file = Schema.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
