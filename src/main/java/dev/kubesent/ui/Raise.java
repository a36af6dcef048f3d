package dev.kubesent.ui;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.cluster.Memory;
import java.util.Optional;

/**
 * A memory limit before and after.
 *
 * @param from as {@code 32Mi}
 * @param isTakenBack whether it stands no more
 */
record Raise(String from, String to, long fromBytes, long toBytes, boolean isTakenBack) {

    /** Empty of an act that changed something else, and of amounts that are none. */
    static Optional<Raise> of(ActRecord act) {
        if (act.deed() != Deed.RAISE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Raise(
                    Shown.line(act.from()),
                    Shown.line(act.to()),
                    Memory.parse(act.from()).bytes(),
                    Memory.parse(act.to()).bytes(),
                    act.undone() != null));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
