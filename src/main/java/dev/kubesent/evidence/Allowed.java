package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import java.util.Optional;
import java.util.function.Supplier;

/** What may be read only where somebody has granted it. */
final class Allowed {

    private Allowed() {}

    /** Empty for want of a right: of another namespace that is nothing unusual, and must not cost what is read of its own. */
    static <T> Optional<T> read(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (ClusterException e) {
            if (e.isForWantOfARight()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
