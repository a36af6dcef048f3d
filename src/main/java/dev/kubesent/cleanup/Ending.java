package dev.kubesent.cleanup;

/** How a run ended. */
public enum Ending {
    DONE(0),
    /** All was looked at; some files could not be deleted, or some directories not be read. */
    INCOMPLETE(1),
    /** MAX_DELETES or MAX_SECONDS was reached. */
    LIMIT(3),
    /** It was told to stop (SIGTERM); the process ends with 143 then, whatever this says. */
    TERMINATED(143);

    private final int exitCode;

    Ending(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
