package dev.kubesent.function.http;

import java.util.Set;

/** Told of each answer that was given at the door. Safe for several threads. */
@FunctionalInterface
public interface Answers {

    Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    /** @param nanos that it took */
    void tell(String method, int status, long nanos);

    /** What a method is counted as: of all else it would be the sender who says how many series there are. */
    static String known(String method) {
        return METHODS.contains(method) ? method : "UNKNOWN";
    }
}
