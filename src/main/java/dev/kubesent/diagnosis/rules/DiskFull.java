package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The volume, or the node's disk, has no room for what the program writes. */
final class DiskFull implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)^(?!.*(shared memory segment|file watchers|/dev/shm|inotify)).*(no space left on device|ENOSPC|\\[Errno 28])|disk quota exceeded",
            "(?i)There is not enough space on the disk|DiskFullException|database or disk is full|Disk is full writing",
            "(?i)flood stage disk watermark|could not (extend|write to) file \"[^\"]+\": (No space|wrote only)");

    private static final List<String> WORDS = List.of(
            "no space",
            "enospc",
            "quota exceeded",
            "[errno 28]",
            "not enough space",
            "diskfull",
            "disk is full",
            "is full",
            "watermark",
            "could not extend",
            "could not write");

    @Override
    public Cause cause() {
        return Cause.DISK_FULL;
    }

    @Override
    public List<Pattern> signs() {
        return SIGNS;
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public String explain(LogSign sign) {
        return "The disk or volume that the program writes to is full.";
    }

    @Override
    public String advice() {
        return "Make the volume larger or free it; for an emptyDir look at sizeLimit and the node's disk.";
    }
}
