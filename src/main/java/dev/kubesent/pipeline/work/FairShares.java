package dev.kubesent.pipeline.work;

import dev.kubesent.pipeline.work.Work.Order;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Who may begin next. One namespace has at most half of the places, and a quarter is kept for namespaces that have nothing at work: what
 * breaks whole in one does not keep another's first failure waiting. What finds no place waits: the namespaces in turn, and of each what was begun
 * before what is new, the oldest first. What waits is bounded by number and by weight, and so is what one namespace has waiting. Safe for use by
 * several threads.
 */
final class FairShares {

    /** So many for each place; what waits holds no lease, so that nothing runs out. */
    private static final int WAITING = 160;

    /** And so much for each, in bytes: some 200 ordinary pods with their owners and their incident, or one of the largest. */
    private static final int WEIGHT = 1 << 20;

    /** Of what was begun, before one that is new. */
    private static final int IN_A_ROW = 4;

    private final int places;
    private final Map<String, Integer> running = new HashMap<>();
    private final LinkedHashMap<String, Line> waiting = new LinkedHashMap<>();
    private int taken;
    private int queued;
    private int begun;
    private long weight;

    /** @param places things done at the same time, at least 1 */
    FairShares(int places) {
        this.places = places;
    }

    /** @param namespace whose place it takes */
    record Turn(String namespace, Runnable what, Runnable notBegun) {}

    private record Waiting(Turn turn, int weight, Order order) {}

    /** What waits of one namespace. */
    private static final class Line {
        private final Queue<Waiting> begun = new ArrayDeque<>();
        private final Queue<Waiting> fresh = new ArrayDeque<>();
        private long weight;
        private int inARow;

        private Queue<Waiting> of(Order order) {
            return switch (order) {
                case BEGUN -> begun;
                case NEW -> fresh;
            };
        }

        private boolean isEmpty() {
            return begun.isEmpty() && fresh.isEmpty();
        }

        /** Of what was begun some, and then one that is new: it must not wait for ever. */
        private Waiting remove() {
            var isNewsTurn = begun.isEmpty() || inARow == IN_A_ROW && !fresh.isEmpty();
            inARow = isNewsTurn ? 0 : inARow + 1;
            return isNewsTurn ? fresh.remove() : begun.remove();
        }
    }

    /** @return whether it has a place now, and may begin; no where it has to wait: what waits of its namespace comes first, and whatever may begin */
    synchronized boolean atOnce(String namespace) {
        boolean isItsTurn =
                !waiting.containsKey(namespace) && waiting.keySet().stream().noneMatch(this::mayBegin);
        boolean begins = isItsTurn && mayBegin(namespace);
        if (begins) {
            take(namespace);
        }
        return begins;
    }

    /** @return whether it waits now; no where too much of this namespace, or of all, waits already */
    synchronized boolean offer(Turn turn, int weight, Order order) {
        if (!hasRoom(turn.namespace(), weight, order)) {
            return false;
        }
        var own = waiting.computeIfAbsent(turn.namespace(), _ -> new Line());
        own.of(order).add(new Waiting(turn, weight, order));
        own.weight += weight;
        this.weight += weight;
        queued++;
        begun += order == Order.BEGUN ? 1 : 0;
        return true;
    }

    /** Whether more of this namespace may wait. */
    synchronized boolean hasRoom(String namespace, Order order) {
        return hasRoom(namespace, 0, order);
    }

    private boolean hasRoom(String namespace, int more, Order order) {
        var own = waiting.get(namespace);
        return switch (order) {
            case BEGUN -> begun < places * WAITING && (own == null || hasRoomInFront(own, more));
            case NEW -> own == null ? hasRoomForAFirst(more) : hasRoomBehind(own, more);
        };
    }

    /** The first of a namespace finds room also where others have filled it: for some firsts, and a quarter of the weight, more. */
    private boolean hasRoomForAFirst(int more) {
        var most = (long) places * WEIGHT;
        return queued < places * (WAITING + 1) && (weight < most || weight + more <= most + most / 4);
    }

    /** Few: a change was made, or a person has said yes. New work leaves as much room again. */
    private boolean hasRoomInFront(Line own, int more) {
        return own.begun.size() < WAITING && own.weight + more <= (long) places * WEIGHT;
    }

    private boolean hasRoomBehind(Line own, int more) {
        var most = (long) places * WEIGHT;
        return queued < places * WAITING
                && own.fresh.size() < half(places * WAITING)
                && own.weight + more <= most / 2
                && weight + more <= most;
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
        var next = own.remove();
        own.weight -= next.weight();
        if (!own.isEmpty()) {
            waiting.put(namespace, own); // behind all others
        }
        queued--;
        begun -= next.order() == Order.BEGUN ? 1 : 0;
        weight -= next.weight();
        take(namespace);
        return next.turn();
    }

    private void take(String namespace) {
        taken++;
        running.merge(namespace, 1, Integer::sum);
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
