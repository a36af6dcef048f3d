package dev.kubesent.cluster;

import java.util.Optional;

/** Tells what is written to the cluster, as it is written, in all namespaces. Every method throws {@link ClusterException} where the API server refuses, or gives no answer. */
public interface ClusterWatcher {

    /** The resourceVersion of this moment. */
    String version(Watched what);

    /**
     * Begins a watch. The API server ends it after some minutes.
     *
     * @param version after which it tells
     * @throws ClusterException of a kind that is neither UNREACHABLE nor BUSY where the API server does not know any more what came after
     *     that version (410), or refuses for another reason
     */
    Changes watch(Watched what, String version);

    /** A watch that goes on. For one thread; an interrupt ends it. */
    interface Changes extends AutoCloseable {

        /** Waits for the next; empty once the API server has ended the watch. @throws ClusterException as above, also in the middle */
        Optional<Change> next();

        @Override
        void close();
    }
}
