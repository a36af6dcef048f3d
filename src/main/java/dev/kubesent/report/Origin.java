package dev.kubesent.report;

import dev.kubesent.cluster.ClusterReader;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** Where and when something happened: what each CloudEvent of ours says of itself. Safe for several threads. */
public final class Origin {

    /** The source of a KubeSent that does not know its cluster. */
    static final String KUBESENT = "/kubesent";

    /** CloudEvents 1.0.2, "source": a URI-reference; with the id it has to be unique, and an incident's uid is only so in its cluster. */
    static final String CLUSTERS = KUBESENT + "/clusters/";

    private final Supplier<String> source;
    private final Clock clock;

    private Origin(Supplier<String> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Of a cluster that lives no longer than the process. */
    public static Origin unnamed(Clock clock) {
        return new Origin(() -> KUBESENT, clock);
    }

    /** @param name letters and digits, and between them what may stand in the path of a URI */
    public static Origin named(String name, Clock clock) {
        return new Origin(() -> CLUSTERS + name, clock);
    }

    /** The cluster is asked with the first event, and not before. */
    public static Origin ofCluster(ClusterReader reader, Clock clock) {
        return new Origin(new ClusterUid(reader), clock);
    }

    /** The attribute {@code source}. It may ask the API server, and so takes as long as that; it never throws. */
    public String source() {
        return source.get();
    }

    /** For the attribute {@code time}, which is an RFC 3339 timestamp: an Instant prints as one. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
