package dev.kubesent.event;

import dev.kubesent.cluster.Name;

/** What a first look at one event says. */
public sealed interface Sighting {

    /** Worth the full look at the live pod. */
    record Suspicious(PodEvent event) implements Sighting {}

    /** An incident about which a person has said yes or no. */
    record Decided(Name namespace, Name name) implements Sighting {}

    /** Nothing for us; answered with 204. */
    record Unremarkable(Why why) implements Sighting {}

    record Unusable(Problem problem) implements Sighting {}

    enum Why {
        NOT_ABOUT_A_POD,
        DELETED,
        TERMINATING,
        /** The pod ran to its end. */
        SUCCEEDED,
        HEALTHY,
        /** It failed once, and has been running again for long enough. */
        RECOVERED,
        /** The live cluster has no such pod any more, or another one of that name; or what controlled it is gone, and it goes next. */
        GONE,
        /** A person wants to hear nothing of its workload for a while. */
        MUTED,
        /** Its namespace is not labelled {@code kubesent.dev/heal=enabled}, so nothing of it is read. */
        NOT_OPTED_IN,
        /** An incident that nobody has approved or rejected since it was last looked at. */
        NOT_APPROVED,
        /** KubeSent has no right to read pods, or to write Incidents, in that namespace. */
        NOT_GRANTED
    }
}
