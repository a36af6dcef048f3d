package dev.kubesent.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a person looks, as with kubectl: {@code -n NS}, {@code -A}, or the namespace of the current context. */
public final class InNamespace {

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "look at this namespace (default: that of the current context)")
    private @Nullable String namespace;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "look at all namespaces")
    private boolean isAll;

    public boolean isAll() {
        return isAll;
    }

    /** @param current that of the current context @return empty for all */
    public String or(String current) {
        return isAll ? "" : Optional.ofNullable(namespace).orElse(current);
    }
}
