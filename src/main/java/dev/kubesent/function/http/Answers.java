package dev.kubesent.function.http;

/** Told of each answer that was given at the door. Safe for several threads. */
@FunctionalInterface
public interface Answers {

    /** @param nanos that it took */
    void tell(String method, int status, long nanos);
}
