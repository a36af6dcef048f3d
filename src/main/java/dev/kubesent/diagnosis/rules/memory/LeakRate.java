package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.cluster.Memory;
import dev.kubesent.evidence.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How fast a container fills whatever limit it is given, from how long each raise lasted. A leak fills them at one pace. */
record LeakRate(double slowest, double fastest) {

    /** Twice as fast is no longer the same pace; load changes more than that. */
    private static final double SAME_PACE = 2;

    private static final double MI = 1L << 20;

    /** @param raises oldest first, at least two @param killed when the last of them turned out not to suffice */
    static Optional<LeakRate> of(List<History.Raised> raises, Instant killed) {
        var paces = new ArrayList<Double>();
        for (int i = 0; i < raises.size(); i++) {
            var until = i + 1 < raises.size() ? raises.get(i + 1).at() : killed;
            var lasted = Duration.between(raises.get(i).at(), until).toSeconds();
            if (lasted > 0) {
                paces.add(raises.get(i).to().bytes() / MI * 60 / lasted);
            }
        }
        return paces.size() < 2
                ? Optional.empty()
                : Optional.of(new LeakRate(
                        paces.stream().min(Double::compare).orElseThrow(),
                        paces.stream().max(Double::compare).orElseThrow()));
    }

    boolean isSteady() {
        return fastest <= slowest * SAME_PACE;
    }

    @Override
    public String toString() {
        return "Each raise lasted about in proportion to its size, %s to %s a minute, as with a leak."
                .formatted(perMinute(slowest), perMinute(fastest));
    }

    private static Memory perMinute(double mebibytes) {
        return Memory.ofMi(Math.max(1, Math.round(mebibytes)));
    }
}
