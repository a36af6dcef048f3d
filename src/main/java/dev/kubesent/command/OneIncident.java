package dev.kubesent.command;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which incident a command is about. */
final class OneIncident {

    @Parameters(paramLabel = "NAME", description = "of the incident, as kubesent incidents lists it")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "its namespace (default: that of the current context)")
    private @Nullable String namespace;

    String name() {
        return Objects.requireNonNull(name, "picocli asks for it");
    }

    String namespace(Reach.Reached cluster) {
        return Optional.ofNullable(namespace).orElse(cluster.namespace());
    }
}
