package dev.kubesent.gate.bounds;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Extent;
import dev.kubesent.cluster.Selection;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The names of the namespaces that opted in. @param extent CUT where there are more than {@link #MOST}: of the others nothing is known */
public record NamespacesInScope(List<String> names, Extent extent) {

    /** As many as Kubernetes is tested with (kubernetes/community, sig-scalability, configs-and-limits/thresholds.md); a name has 63 characters. */
    public static final int MOST = 10_000;

    private static final Selection OPTED_IN = Selection.of("").labelled(Map.of("kubesent.dev/heal", "enabled"));

    public NamespacesInScope {
        names = List.copyOf(names);
    }

    /** @throws dev.kubesent.cluster.ClusterException where the cluster gives no answer */
    public static NamespacesInScope read(ClusterReader cluster) {
        var names = new ArrayList<String>();
        var extent = cluster.each(
                Namespace.class,
                OPTED_IN,
                Bound.of(MOST),
                namespace -> names.add(namespace.getMetadata().getName()));
        return new NamespacesInScope(names, extent);
    }
}
