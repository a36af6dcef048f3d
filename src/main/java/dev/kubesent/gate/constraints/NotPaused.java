package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.gate.bounds.GatePolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The switch that stops every act at once: the setting, or a ConfigMap that needs no restart and counts for all processes. */
public final class NotPaused implements Constraint {

    /** In KubeSent's own namespace: {@code kubectl create configmap kubesent -n kubesent --from-literal=pause=true}. */
    private static final String CONFIG_MAP = "kubesent";

    private static final String PAUSE = "pause";

    private final ClusterReader cluster;

    public NotPaused(ClusterReader cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change().flatMap(_ -> whyNot(judged.policy()));
    }

    /** The same for a change that is taken back. */
    public Optional<Refusal> whyNot(GatePolicy policy) {
        return switch (policy.mode()) {
            case PAUSED -> Constraint.no(RefusalReason.PAUSED, "KUBESENT_PAUSE is true");
            case HEAL, SUGGEST -> switchedOff(policy.ownNamespace());
        };
    }

    private Optional<Refusal> switchedOff(String namespace) {
        try {
            return cluster.get(ConfigMap.class, namespace, CONFIG_MAP)
                    .map(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()))
                    .filter(data -> !isFalse(data.getOrDefault(PAUSE, "")))
                    .flatMap(data -> Constraint.no(
                            RefusalReason.PAUSED,
                            "ConfigMap %s/%s says %s: %s".formatted(namespace, CONFIG_MAP, PAUSE, data.get(PAUSE))));
        } catch (ClusterException e) {
            if (e.passing()) {
                throw e;
            }
            return Constraint.no(RefusalReason.CANNOT_TELL, "whether it is paused: " + e.getMessage());
        }
    }

    /** Whoever writes anything else there wants it to stop. */
    private static boolean isFalse(String value) {
        var said = value.strip().toLowerCase(Locale.ROOT);
        return said.isEmpty() || said.equals("false");
    }
}
