package dev.kubesent.api.v1alpha1;

import java.util.Locale;

/** What a cause is of. Each has a file below src/main/resources/causes, and a part of docs/causes.md, in this order. */
public enum Family {
    MEMORY,
    IMAGE,
    START,
    DEPENDENCY,
    PROGRAM,
    PROBE,
    VOLUME,
    SCHEDULE,
    SANDBOX,
    LIFECYCLE,
    RUN,
    OTHER;

    /** Of its causes' chapters, on the class path. */
    String file() {
        return "/causes/" + name().toLowerCase(Locale.ROOT) + ".yaml";
    }
}
