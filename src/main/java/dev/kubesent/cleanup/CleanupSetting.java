package dev.kubesent.cleanup;

/** Every setting of the cleanup, by its environment variable. docs/cleanup.md has the same table; a test keeps the two equal. */
public enum CleanupSetting {
    SOURCE_DIR("required", "The directory under which files are deleted; absolute. System directories are refused."),
    DAYS_OLD(
            "required",
            "Whole days, 0 to 36500. A file is deleted when it was last modified longer ago than that; exactly that is not yet longer."),
    DRY_RUN("false", "`true` counts, and deletes nothing."),
    PATTERN("*", "A glob for the file's name, such as `*.log` or `*.{gz,zip}`."),
    REMOVE_EMPTY_DIRS(
            "false",
            "`true` removes directories that this run emptied, and empty ones as old as that; never SOURCE_DIR itself."),
    CROSS_MOUNTS("false", "`true` goes into other file systems that are mounted below SOURCE_DIR, too."),
    SHARDS("1", "How many runs share the work, 1 to 10000, by the names of what stands in SOURCE_DIR itself."),
    SHARD(
            "JOB_COMPLETION_INDEX",
            "Which of them this one is, from 0 to SHARDS - 1; an indexed Job says so by itself. Required where SHARDS is more than 1."),
    MAX_DELETES("no limit", "Stops after so many deleted files, with exit code 3: against mistakes."),
    MAX_SECONDS("no limit", "Stops after so many seconds, with exit code 3.");

    private final String defaultValue;
    private final String meaning;

    CleanupSetting(String defaultValue, String meaning) {
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String meaning() {
        return meaning;
    }
}
