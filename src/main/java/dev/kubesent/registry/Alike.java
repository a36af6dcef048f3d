package dev.kubesent.registry;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The tags that are written like one. */
record Alike(String tag) {

    /** Letters to change, to add or to leave out; two neighbours that are exchanged are two. */
    private static final int FARTHEST = 3;

    /** More are not asked for their platform. */
    private static final int MOST = 10;

    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(FARTHEST);

    /** Most alike first, then the later name: 1.4.2 before 1.4.1. */
    List<String> of(List<String> tags) {
        return tags.stream()
                .filter(other -> DISTANCE.apply(tag, other) >= 0)
                .sorted(Comparator.<String>comparingInt(other -> DISTANCE.apply(tag, other))
                        .thenComparing(Comparator.reverseOrder()))
                .limit(MOST)
                .toList();
    }
}
