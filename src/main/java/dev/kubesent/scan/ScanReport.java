package dev.kubesent.scan;

import java.util.List;

/**
 * What a scan found.
 *
 * @param pods how many were looked at
 * @param found the surest first
 * @param unread what could not be looked at, and why
 */
public record ScanReport(int pods, List<Found> found, List<String> unread) {

    /** Whether that nothing was found says that nothing fails. */
    boolean isWhole() {
        return unread.isEmpty();
    }

    public ScanReport {
        found = List.copyOf(found);
        unread = List.copyOf(unread);
    }
}
