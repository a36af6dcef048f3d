package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Writes KubeSent's own records: Incidents, Events and one ConfigMap. It refuses every type that Kubernetes would run. */
public interface RecordWriter {

    /** @throws ClusterException {@code ALREADY_EXISTS} where the name is taken: that is how a claim is lost */
    <T extends HasMetadata> T create(T record);

    /** @throws ClusterException {@code CONFLICT} where somebody wrote since {@code record} was read */
    <T extends HasMetadata> T replaceStatus(T record);

    /** @throws ClusterException {@code CONFLICT} where somebody wrote since {@code record} was read */
    <T extends HasMetadata> T replace(T record);

    /** Exactly this record, as it was read. @throws ClusterException {@code CONFLICT} where somebody wrote since */
    void delete(HasMetadata record);
}
