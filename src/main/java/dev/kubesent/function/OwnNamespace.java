package dev.kubesent.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The namespace that this process runs in. */
final class OwnNamespace {

    private static final Path FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private OwnNamespace() {}

    /** @return kubesent outside of a pod @throws UsageException where the pod's own file cannot be read */
    static String name() {
        try {
            return Files.isReadable(FILE) ? Files.readString(FILE).strip() : "kubesent";
        } catch (IOException e) {
            throw new UsageException("cannot read " + FILE + ": " + e.getMessage());
        }
    }
}
