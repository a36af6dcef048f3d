package dev.kubesent.ui;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.FieldSelector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads incidents: page by page, of each only what the list shows, and once for all tabs that are open. Safe for several threads. */
final class Board {

    /** Incidents that are listed at most. */
    static final int MOST = 2_000;

    /** Incidents in one page: each takes up to some 50 KB of heap. */
    private static final int PAGE = 50;

    /** For the whole list. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Between two looks of a page, at least; longer where the list takes long. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Of the time, reading takes a tenth at most: a long list is read less often. */
    private static final int SHARE = 10;

    private final ClusterReader reader;
    private final Place place;
    private final Clock clock;
    private @Nullable Overview known;

    Board(ClusterReader reader, Place place, Clock clock) {
        this.reader = reader;
        this.place = place;
        this.clock = clock;
    }

    /** @throws dev.kubesent.cluster.ClusterException where the cluster cannot be read */
    synchronized Overview overview() {
        var before = known;
        if (before != null && before.at().plus(PAUSE.dividedBy(2)).isAfter(clock.instant())) {
            return before;
        }
        var now = read();
        known = now;
        return now;
    }

    /** As it is now. */
    Optional<Incident> incident(String namespace, String name) {
        return place.namespace().isEmpty() || place.namespace().equals(namespace)
                ? reader.get(Incident.class, namespace, name)
                : Optional.empty();
    }

    /** What was known may be old. */
    synchronized void forget() {
        known = null;
    }

    private Overview read() {
        var begun = clock.instant();
        var rows = new ArrayList<Row>();
        var unreadable = 0;
        var next = "";
        do {
            var page = reader.page(Incident.class, place.namespace(), FieldSelector.ALL, PAGE, next);
            page.items().stream().limit(MOST - rows.size()).map(Row::of).forEach(rows::add);
            unreadable += page.unreadable();
            next = page.next();
        } while (!next.isEmpty() && rows.size() < MOST && clock.instant().isBefore(begun.plus(PATIENCE)));
        var at = clock.instant();
        return new Overview(
                place.words(),
                place.mayApprove(),
                rows,
                note(rows.size(), !next.isEmpty(), unreadable),
                Trends.of(rows, at),
                at,
                pause(begun, at).toMillis());
    }

    private static Duration pause(Instant begun, Instant at) {
        var fair = Duration.between(begun, at).multipliedBy(SHARE);
        return fair.compareTo(PAUSE) > 0 ? fair : PAUSE;
    }

    private static String note(int count, boolean isCut, int unreadable) {
        var cut = isCut
                ? "These are the first %,d incidents, by namespace and name. There are more: kubesent ui -n NAMESPACE shows those of one namespace."
                        .formatted(count)
                : "";
        return unreadable == 0
                ? cut
                : (cut
                                + " A newer version of KubeSent wrote %,d incidents that this one cannot read."
                                        .formatted(unreadable))
                        .strip();
    }
}
