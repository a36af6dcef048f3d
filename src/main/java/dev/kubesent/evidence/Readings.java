package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import java.util.function.Supplier;

/** What a read of the cluster becomes: what it gave, or why there is nothing. */
final class Readings {

    private Readings() {}

    static ClusterException gone(String what) {
        return new ClusterException(ClusterException.Kind.NOT_FOUND, what + " does not exist");
    }

    static <T> Reading<T> read(Source source, Supplier<T> call) {
        try {
            return new Present<>(call.get());
        } catch (ClusterException e) {
            return missing(source, e);
        }
    }

    /** The same, beside what else is read. */
    static <T> Supplier<Reading<T>> begin(ClusterReader cluster, Source source, Supplier<T> call) {
        return cluster.begin(() -> read(source, call));
    }

    /** @throws ClusterException where it is only busy: that says nothing about the pod, and the work is taken up again */
    static <T> Reading<T> missing(Source source, ClusterException e) {
        if (e.kind() == ClusterException.Kind.BUSY) {
            throw e;
        }
        return new Missing<>(source, String.valueOf(e.getMessage()));
    }
}
