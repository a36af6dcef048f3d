package dev.kubesent.archive;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.evidence.Evidence;

/** Keeps what would be gone with an incident, or before it: the pod, its log, its events. */
public interface Archive {

    /** While its pod is at hand. Never throws: an archive that is full keeps nobody from being healed. */
    void keep(Incident incident, Evidence evidence);

    /** @throws java.io.UncheckedIOException where it cannot: then the incident must not be deleted */
    void keep(Incident incident);

    /** Where there is no folder. */
    static Archive none() {
        return new Archive() {
            @Override
            public void keep(Incident incident, Evidence evidence) {}

            @Override
            public void keep(Incident incident) {}
        };
    }
}
