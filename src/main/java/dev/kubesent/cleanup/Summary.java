package dev.kubesent.cleanup;

/**
 * What a run came to; printed as one line of JSON.
 *
 * @param seen regular files looked at, of this shard
 * @param deleted of them; with dryRun those that would have been
 * @param bytes of what was deleted, as the files' sizes say
 * @param failed files that could not be deleted, and directories that could not be read
 * @param vanished gone or exchanged by somebody else between two looks; no failure
 * @param mountsPassed directories of another file system that were not gone into
 */
public record Summary(
        Ending end,
        boolean dryRun,
        long seen,
        long deleted,
        long bytes,
        long failed,
        long vanished,
        long directoriesRemoved,
        long mountsPassed,
        double seconds) {}
