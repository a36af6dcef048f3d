package dev.kubesent.cluster.fabric8;

import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The record of a Lease, and since when it stands as it is. Two nodes need not have the same time of day for it. */
final class Observed {

    private final Duration lease;
    private final Ticks ticks;
    private List<@Nullable Object> last = List.of();
    private long changed;

    /** @param lease how long a record holds that does not change */
    Observed(Duration lease, Ticks ticks) {
        this.lease = lease;
        this.ticks = ticks;
        this.changed = ticks.nanos();
    }

    /** What the elector is told: a record of another's that was renewed when it was seen to change. @param me who asks */
    synchronized LeaderElectionRecord of(LeaderElectionRecord record, String me) {
        see(record);
        if (record.getHolderIdentity().isEmpty() || record.getHolderIdentity().equals(me)) {
            return record;
        }
        var renewed = ZonedDateTime.now(ZoneOffset.UTC).minusNanos(ticks.nanos() - changed);
        return new LeaderElectionRecord(
                record.getHolderIdentity(), lease, renewed, renewed, record.getLeaderTransitions());
    }

    /** Whether nobody has renewed it for this long. */
    synchronized boolean isStillFor(Duration time) {
        return ticks.isOver(changed, time);
    }

    private void see(LeaderElectionRecord record) {
        var now = Arrays.<@Nullable Object>asList(
                record.getHolderIdentity(),
                record.getRenewTime(),
                record.getAcquireTime(),
                record.getLeaderTransitions());
        if (!Objects.equals(now, last)) {
            last = now;
            changed = ticks.nanos();
        }
    }
}
