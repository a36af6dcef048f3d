package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** A lock of another process, or one that a killed process left behind, keeps it from starting. */
final class LockHeld implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)lock file \"(?<file>[^\"]+)\" already exists|could not (obtain|acquire|get) (exclusive )?lock(?! on"
                    + " (row|relation))|Unable to lock (?<file2>\\S+)|(failed|unable) to (obtain|acquire|get) (node |the"
                    + " )?locks?",
            "(?i)Unable to (lock|acquire lock on) \\S{0,300}ibdata1|LockObtainFailedException|resource temporarily"
                    + " unavailable.{0,200}lock|Waiting for changelog lock|database is locked|another (instance|process)"
                    + " is (already )?(running|using)",
            "(?i)Failed to acquire lock on file \\.lock in|pid file .{0,300} already exists|A server is already"
                    + " running");

    private static final List<String> WORDS = List.of(
            "lock", "another instance", "another process", "pid file", "already running", "temporarily unavailable");

    @Override
    public Cause cause() {
        return Cause.LOCK_HELD;
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
        return "A lock%s is held by another process, or left behind by one that was killed."
                .formatted(sign.caught().file());
    }

    @Override
    public String advice() {
        return "See that only one pod uses the volume (strategy Recreate, ReadWriteOncePod); remove a lock that nobody"
                + " holds.";
    }
}
