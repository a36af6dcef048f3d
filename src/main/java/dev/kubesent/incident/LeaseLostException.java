package dev.kubesent.incident;

/** Another process has taken the incident over, or somebody deleted it. Whoever sees this stops at once. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String incident) {
        super("the incident " + incident + " is not ours any more");
    }
}
