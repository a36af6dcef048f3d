package dev.kubesent.pipeline;

import dev.kubesent.evidence.EvidenceReader.Beforehand;
import java.util.function.Supplier;

/**
 * What was read to find an incident: as it is where the work on it begins at once, and packed where that has to wait, so that a storm does not take the memory. To pack it
 * in each case took a twentieth of the time until a first event's answer. Safe for several threads.
 */
final class Kept implements Supplier<Beforehand> {

    private volatile Supplier<Beforehand> held;

    Kept(Beforehand known) {
        this.held = () -> known;
    }

    @Override
    public Beforehand get() {
        return held.get();
    }

    /** @return its size, in bytes */
    int pack() {
        var packed = get().packed();
        held = packed::unpacked;
        return packed.size();
    }
}
