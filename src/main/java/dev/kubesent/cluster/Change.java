package dev.kubesent.cluster;

/**
 * One line of a watch.
 *
 * @param version the resourceVersion of the object: a watch from it tells what comes after
 * @param object its JSON, unparsed; of a bookmark it says nothing but the version
 */
public record Change(Type type, String version, byte[] object) {

    /** As Kubernetes calls them (apimachinery, pkg/watch/watch.go); its ERROR is a {@link ClusterException} here. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        /** Nothing was written, or nothing that is watched; the API server says how far it has come. */
        BOOKMARK
    }
}
