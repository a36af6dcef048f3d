package dev.kubesent.pipeline;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Who may begin next. One namespace has at most half of the places, and a quarter is kept for namespaces that have nothing at work: what
 * breaks whole in one does not keep another's first failure waiting. What finds no place waits, the oldest of each namespace first and
 * the namespaces in turn; what waits is bounded by number and by weight, and so is what one namespace has waiting. Safe for use by several threads.
 */
final class FairShares {

    /** So many for each place; what waits holds no lease, so that nothing runs out. */
    private static final int WAITING = 64;

    /** And so much for each: some 75 ordinary pods with their owners, or a part of the largest. A character takes one to two bytes of heap. */
    private static final int WEIGHT = 1 << 20;

    private final int places;
    private final Map<String, Integer> running = new HashMap<>();
    private final LinkedHashMap<String, Line> waiting = new LinkedHashMap<>();
    private int taken;
    private int queued;
    private long weight;

    /** @param places things done at the same time, at least 1 */
    FairShares(int places) {
        this.places = places;
    }

    /** @param namespace whose place it takes */
    record Turn(String namespace, Runnable what) {}

    private record Waiting(int weight, Runnable what) {}

    /** What waits of one namespace, the oldest first. */
    private static final class Line {
        private final Queue<Waiting> all = new ArrayDeque<>();
        private long weight;
    }

    /**
     * @param weight of what it holds, in characters of JSON
     * @return whether it waits now; no where too much of this namespace, or of all, waits already
     */
    synchronized boolean offer(String namespace, int weight, Runnable what) {
        if (!hasRoom(namespace, weight)) {
            return false;
        }
        var own = waiting.computeIfAbsent(namespace, _ -> new Line());
        own.all.add(new Waiting(weight, what));
        own.weight += weight;
        this.weight += weight;
        queued++;
        return true;
    }

    /** Whether more of this namespace may wait. */
    synchronized boolean hasRoom(String namespace) {
        return hasRoom(namespace, 0);
    }

    /** The first of a namespace finds room whatever it weighs, unless there is as much of others as of all there may be. */
    private boolean hasRoom(String namespace, int more) {
        var own = waiting.get(namespace);
        var most = (long) places * WEIGHT;
        if (queued >= places * WAITING || weight >= most) {
            return false;
        }
        return own == null
                || own.all.size() < half(places * WAITING) && own.weight + more <= most / 2 && weight + more <= most;
    }

    /** Takes a place for whoever is next; empty where nobody may begin now. */
    synchronized Optional<Turn> next() {
        return waiting.entrySet().stream()
                .filter(entry -> mayBegin(entry.getKey()))
                .findFirst()
                .map(entry -> begin(entry.getKey(), entry.getValue()));
    }

    /** Gives a place back. */
    synchronized void done(String namespace) {
        taken--;
        running.computeIfPresent(namespace, (_, count) -> count == 1 ? null : count - 1);
    }

    private Turn begin(String namespace, Line own) {
        waiting.remove(namespace);
        var next = own.all.remove();
        own.weight -= next.weight();
        if (!own.all.isEmpty()) {
            waiting.put(namespace, own); // behind all others
        }
        queued--;
        weight -= next.weight();
        taken++;
        running.merge(namespace, 1, Integer::sum);
        return new Turn(namespace, next.what());
    }

    private boolean mayBegin(String namespace) {
        var own = running.getOrDefault(namespace, 0);
        var free = places - taken;
        return own == 0 ? free > 0 : own < half(places) && free > places / 4;
    }

    private static int half(int all) {
        return (all + 1) / 2;
    }
}
