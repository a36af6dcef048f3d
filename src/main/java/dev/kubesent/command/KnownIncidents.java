package dev.kubesent.command;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.Page;
import java.util.function.Consumer;

/** Reads incidents for a person. */
record KnownIncidents(ClusterReader reader) {

    private static final int PAGE = 100;

    static final String NOT_INSTALLED =
            "KubeSent is not installed in this cluster: it knows no incidents. kubesent scan looks without it; README"
                    + " says how it is installed.";

    /**
     * @param namespace empty for all
     * @param most that are shown
     * @return how many cannot be read, for what is in them
     * @throws IllegalArgumentException where the cluster knows no incidents
     */
    int each(String namespace, int most, Consumer<Incident> shown) {
        var unreadable = 0;
        var count = 0;
        var next = "";
        do {
            var page = page(namespace, next);
            page.items().stream().limit(Math.max(0, most - count)).forEach(shown);
            count += page.items().size();
            unreadable += page.unreadable();
            next = page.next();
        } while (!next.isEmpty() && count < most);
        return unreadable;
    }

    /** @throws IllegalArgumentException in a sentence, where there is none of that name */
    Incident named(String namespace, String name) {
        return reader.get(Incident.class, namespace, name).orElseThrow(() -> {
            var _ = page(namespace, "");
            return new IllegalArgumentException(
                    "there is no incident '%s' in namespace %s; kubesent incidents -n %s lists them"
                            .formatted(name, namespace, namespace));
        });
    }

    private Page<Incident> page(String namespace, String next) {
        try {
            return reader.page(Incident.class, namespace, FieldSelector.ALL, PAGE, next);
        } catch (ClusterException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                throw new IllegalArgumentException(NOT_INSTALLED, e);
            }
            throw e;
        }
    }
}
