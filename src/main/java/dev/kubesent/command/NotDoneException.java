package dev.kubesent.command;

/** The cluster refused what a person asked for, or there is nothing to decide. The message says why, and what to do. */
final class NotDoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDoneException(String message) {
        super(message);
    }

    NotDoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
