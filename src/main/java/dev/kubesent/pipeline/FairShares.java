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
 * the namespaces in turn; how much waits is bounded, and so is what one namespace has waiting. Safe for use by several threads.
 */
final class FairShares {

    /**
     * For each place so much may wait: at a second for each, it is begun long before its lease runs out (2 minutes), and the pods that it
     * holds, at 1.5 MB at the worst, find room.
     */
    private static final int WAITING = 2;

    private final int places;
    private final Map<String, Integer> running = new HashMap<>();
    private final LinkedHashMap<String, Queue<Runnable>> waiting = new LinkedHashMap<>();
    private int taken;
    private int queued;

    /** @param places things done at the same time, at least 1 */
    FairShares(int places) {
        this.places = places;
    }

    /** @param namespace whose place it takes */
    record Turn(String namespace, Runnable what) {}

    /** @return whether it waits now; no where too much of this namespace, or of all, waits already */
    synchronized boolean offer(String namespace, Runnable what) {
        if (!hasRoom(namespace)) {
            return false;
        }
        var own = waiting.getOrDefault(namespace, new ArrayDeque<>());
        own.add(what);
        waiting.putIfAbsent(namespace, own);
        queued++;
        return true;
    }

    /** Whether more of this namespace may wait. */
    synchronized boolean hasRoom(String namespace) {
        var own = waiting.getOrDefault(namespace, new ArrayDeque<>()).size();
        return queued < places * WAITING && own < half(places * WAITING);
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

    private Turn begin(String namespace, Queue<Runnable> own) {
        waiting.remove(namespace);
        var what = own.remove();
        if (!own.isEmpty()) {
            waiting.put(namespace, own); // behind all others
        }
        queued--;
        taken++;
        running.merge(namespace, 1, Integer::sum);
        return new Turn(namespace, what);
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
