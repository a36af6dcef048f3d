package dev.kubesent.report;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source of a cluster that nobody has named: the uid of its namespace {@code kube-system}, which is there as long as the cluster is. OpenTelemetry
 * takes it for the same (semantic conventions, {@code k8s.cluster.uid}).
 */
final class ClusterUid implements Supplier<String> {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterUid.class);

    private static final String NAMESPACE = "kube-system";

    private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]{1,64}+");

    private final ClusterReader reader;
    private String known = "";
    private boolean isSaid;

    ClusterUid(ClusterReader reader) {
        this.reader = reader;
    }

    /** It is read once; where the API server gave no answer, it is asked again with the next event. */
    @Override
    public synchronized String get() {
        if (known.isEmpty()) {
            try {
                known = read().map(Origin.CLUSTERS::concat).orElseGet(() -> unknown("it has no uid"));
            } catch (ClusterException e) {
                return unknown(e);
            }
        }
        return known;
    }

    private Optional<String> read() {
        return reader.get(Namespace.class, "", NAMESPACE)
                .map(namespace -> namespace.getMetadata().getUid())
                .filter(UID.asMatchPredicate());
    }

    private String unknown(ClusterException e) {
        var source = unknown(String.valueOf(e.getMessage()));
        switch (e.kind()) {
            case FORBIDDEN, NOT_FOUND, REJECTED -> known = source; // a right that is missing does not come by asking
            case UNREACHABLE, BUSY, BROKEN, UNAUTHORIZED, ALREADY_EXISTS, CONFLICT -> {}
        }
        return source;
    }

    private String unknown(String why) {
        if (!isSaid) {
            LOG.warn(
                    "CloudEvents do not say which cluster they are from, as the namespace {} cannot be read: {}. Set"
                            + " KUBESENT_CLUSTER_NAME, or bind the ClusterRole kubesent-reader.",
                    NAMESPACE,
                    why);
        }
        isSaid = true;
        return Origin.KUBESENT;
    }
}
