package dev.kubesent.incident;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.IntentRecord;
import dev.kubesent.change.Change;
import dev.kubesent.cluster.KubernetesJson;
import java.time.Instant;
import java.util.Optional;

/** A change, as an incident keeps it: whole before it is made, and afterwards without what must not be stored. */
public final class StoredChange {

    private StoredChange() {}

    /** Of one that is about to be made: nothing of it is begun yet. */
    public static IntentRecord intent(Change change, Instant at) {
        return new IntentRecord(change.remedy(), change.target().display(), KubernetesJson.json(change), "", at);
    }

    /** Of one that was made. */
    public static ActRecord act(Change change, Instant at) {
        var template = change.template().isEmpty()
                ? ""
                : ActRecord.template(change.target().uid(), change.template());
        return new ActRecord(change.deed(), change.was(), change.becomes(), at, change.kept(), template, null);
    }

    /** What was changed; empty where the record does not hold it. @throws IllegalArgumentException where it is none of ours */
    public static Optional<Change> of(ActRecord act) {
        return Optional.ofNullable(act.made()).map(Change::kept);
    }
}
