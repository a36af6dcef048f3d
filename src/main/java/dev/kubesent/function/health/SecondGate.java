package dev.kubesent.function.health;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the API server holds KubeSent to its rules a second time (knative/base/260-admission.yaml). It heals without that all the same; who
 * takes over its token is bound by RBAC alone then, so it is told, and logged once.
 */
public final class SecondGate implements Supplier<Optional<String>> {

    /** By the names of both: neither a policy without a binding is in force, nor a binding without a policy. Their bounds are in the policies. */
    static final List<String> BINDINGS =
            List.of("kubesent-account", "kubesent-workloads", "kubesent-pods", "kubesent-incidents");

    private static final Logger LOG = LoggerFactory.getLogger(SecondGate.class);

    /** Somebody may install them any time, or take them away; nobody waits for this to be told. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final ClusterReader reader;
    private final Ticks ticks;
    private long askedAt;
    private @Nullable String missing;
    private boolean isLogged;

    public SecondGate(ClusterReader reader, Ticks ticks) {
        this.reader = reader;
        this.ticks = ticks;
        this.askedAt = ticks.before(KEPT);
    }

    /** @return what is missing, and what to do about it; empty where nothing is */
    @Override
    public synchronized Optional<String> get() {
        if (ticks.isOver(askedAt, KEPT)) {
            missing = look().orElse(null);
            askedAt = ticks.nanos();
            if (missing != null && !isLogged) {
                LOG.warn("{}", missing);
                isLogged = true;
            }
        }
        return Optional.ofNullable(missing);
    }

    private Optional<String> look() {
        try {
            var absent = BINDINGS.stream()
                    .filter(name -> reader.get(ValidatingAdmissionPolicyBinding.class, "", name)
                                    .isEmpty()
                            || reader.get(ValidatingAdmissionPolicy.class, "", name)
                                    .isEmpty())
                    .collect(Collectors.joining(", "));
            return absent.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the API server does not hold KubeSent's account to its rules, as there is no"
                            + " ValidatingAdmissionPolicy with its ValidatingAdmissionPolicyBinding " + absent
                            + ": kubectl apply -k knative (Kubernetes has them from 1.30 on)");
        } catch (ClusterException e) {
            return Optional.of("KubeSent cannot check whether the API server holds its account to its rules: "
                    + e.getMessage() + " (is the ClusterRole kubesent-reader of this version?)");
        }
    }
}
