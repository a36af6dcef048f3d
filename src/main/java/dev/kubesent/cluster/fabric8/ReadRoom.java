package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bodies are read at once: an HTTP/2 connection takes a page of 4 MiB in before anybody reads it. One namespace has half of the places at
 * most, so that its large or slow answers do not keep the others waiting. Safe for use by several threads.
 */
final class ReadRoom {

    private static final int PLACES = 4;

    private static final int OF_ONE_NAMESPACE = PLACES / 2;

    private final Duration patience;
    private final Semaphore all = new Semaphore(PLACES, true);
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    /** @param users who hold a place of it, or wait for one: without any, it is forgotten */
    private record Share(Semaphore places, int users) {

        Share with(int more) {
            return new Share(places, users + more);
        }
    }

    /** @param patience with those who read already */
    ReadRoom(Duration patience) {
        this.patience = patience;
    }

    /**
     * Takes a place, to be given back with {@link #leave}. Whoever holds one must not wait for another: all could.
     *
     * @param namespace empty for reads of the whole cluster, which have a share like a namespace
     * @throws ClusterException of kind BUSY where none becomes free in time
     */
    void enter(String namespace) {
        var own = shares.compute(namespace, (_, share) -> share == null ? first() : share.with(1));
        var until = System.nanoTime() + patience.toNanos();
        var hasOwn = false;
        var hasBoth = false;
        try {
            hasOwn = taken(own.places(), until);
            hasBoth = hasOwn && taken(all, until);
        } finally {
            if (!hasBoth) {
                giveBack(namespace, hasOwn);
            }
        }
        if (!hasBoth) {
            throw new ClusterException(
                    Kind.BUSY,
                    hasOwn
                            ? "KubeSent reads %d lists and logs already".formatted(PLACES)
                            : "KubeSent reads %d lists and logs of this namespace already".formatted(OF_ONE_NAMESPACE));
        }
    }

    void leave(String namespace) {
        all.release();
        giveBack(namespace, true);
    }

    private static Share first() {
        return new Share(new Semaphore(OF_ONE_NAMESPACE, true), 1);
    }

    private void giveBack(String namespace, boolean wasTaken) {
        shares.computeIfPresent(namespace, (_, share) -> {
            if (wasTaken) {
                share.places().release();
            }
            return share.users() == 1 ? null : share.with(-1);
        });
    }

    private static boolean taken(Semaphore places, long until) {
        try {
            return places.tryAcquire(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusals.unreachable(e);
        }
    }
}
