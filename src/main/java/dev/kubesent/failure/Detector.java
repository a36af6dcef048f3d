package dev.kubesent.failure;

import java.time.Duration;
import java.util.Optional;

/** One kind of failure: whether this container shows it. */
interface Detector {

    /**
     * A container that has run for ten minutes has recovered: that is when the kubelet itself forgets its restarts
     * (KEP-4603, "reset after 10 minutes").
     */
    Duration RECOVERED_AFTER = Duration.ofMinutes(10);

    Optional<Failure> detect(ContainerView container);
}
