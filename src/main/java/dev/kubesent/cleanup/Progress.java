package dev.kubesent.cleanup;

import java.time.Duration;
import java.util.Locale;

/** How far a run has come, as a line for a person. */
record Progress(long seen, long deleted, long bytes, long failed, Duration since) {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    static Progress of(Tally tally, Duration since) {
        return new Progress(tally.seen.sum(), tally.deleted.sum(), tally.bytes.sum(), tally.failed.sum(), since);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "seen %,d  deleted %,d  %s  failed %,d  %,d/s",
                seen,
                deleted,
                size(),
                failed,
                seen * 1000 / Math.max(1, since.toMillis()));
    }

    private String size() {
        var amount = (double) bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }
}
