package dev.kubesent.function;

/** The command line or a setting is wrong. It ends the process with one line and exit code 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String line) {
        super(line);
    }
}
