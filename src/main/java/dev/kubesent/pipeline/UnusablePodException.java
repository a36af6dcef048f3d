package dev.kubesent.pipeline;

/** The event's data is JSON, and not the JSON of a pod: the sender's error. */
final class UnusablePodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusablePodException(String detail, Throwable cause) {
        super(detail, cause);
    }
}
