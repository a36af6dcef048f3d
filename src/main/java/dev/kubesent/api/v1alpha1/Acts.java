package dev.kubesent.api.v1alpha1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the acts of an incident are in force. That a pod was evicted is, as long as its successor is watched: there is nothing to take back. */
final class Acts {

    private Acts() {}

    static List<ActRecord> standing(List<ActRecord> acts, @Nullable SurvivalRecord survival) {
        var isWatched = isWatched(survival);
        return acts.stream()
                .filter(act -> act.undone() == null && (act.deed() != Deed.RESTART || isWatched))
                .toList();
    }

    static boolean endsWithARestart(List<ActRecord> acts) {
        return !acts.isEmpty() && acts.getLast().deed() == Deed.RESTART;
    }

    private static boolean isWatched(@Nullable SurvivalRecord survival) {
        return survival != null && survival.since() != null;
    }

    /** It is watched no more. One that did not help is marked as undone, so that it is not tried again; what ends later tells nothing of it. */
    static IncidentStatus over(StatusDraft ended, IncidentStatus before, Phase phase, Instant at) {
        if (phase != Phase.Failed || !isWatched(before.survival())) {
            return ended.survival(null).done();
        }
        var marked = new ArrayList<>(before.acts());
        marked.set(marked.size() - 1, marked.getLast().undone(at));
        return ended.acts(marked).survival(null).done();
    }
}
