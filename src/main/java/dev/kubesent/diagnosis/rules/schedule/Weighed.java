package dev.kubesent.diagnosis.rules.schedule;

import dev.kubesent.diagnosis.rules.schedule.Refusal.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of several reasons keeps a pod away from most nodes.
 *
 * @param all how many nodes there are; 0 where that is not said
 */
record Weighed(int all, List<Refusal> refusals) {

    /** What the pod's author chose: on what is left, the next reason counts. */
    private static final Set<Kind> CHOSEN = EnumSet.of(Kind.UNFIT);

    private static final int LONGEST = 400;

    static Optional<Weighed> of(String message) {
        var refusals = Refusal.of(message);
        return refusals.isEmpty() ? Optional.empty() : Optional.of(new Weighed(Refusal.all(message), refusals));
    }

    /** The heaviest kind; what is full of the nodes that the pod chose is full. */
    Kind heaviest() {
        var weights = weights();
        // Of equals the more special one, which stands first.
        var heaviest = Collections.max(weights.entrySet(), Map.Entry.comparingByValue())
                .getKey();
        return CHOSEN.contains(heaviest)
                ? weights.entrySet().stream()
                        .filter(entry -> !CHOSEN.contains(entry.getKey()))
                        .max(Map.Entry.comparingByValue())
                        .filter(_ -> weights.keySet().stream()
                                .allMatch(kind -> CHOSEN.contains(kind) || kind == Kind.FULL || kind == Kind.DEVICE))
                        .map(Map.Entry::getKey)
                        .orElse(heaviest)
                : heaviest;
    }

    /** Of nodes. One node may lack cpu and memory both, so that these count once. */
    int weight(Kind kind) {
        return weights().getOrDefault(kind, 0);
    }

    private Map<Kind, Integer> weights() {
        var weights = new EnumMap<Kind, Integer>(Kind.class);
        for (var refusal : refusals) {
            weights.merge(
                    refusal.kind(),
                    refusal.nodes(),
                    refusal.kind() == Kind.FULL || refusal.kind() == Kind.DEVICE ? Math::max : Integer::sum);
        }
        return weights;
    }

    /** Whether it is most of the nodes. */
    boolean isMost(Kind kind) {
        return 2 * weight(kind) >= all;
    }

    /** The words of one kind. */
    String words(Kind kind) {
        return cut(refusals.stream()
                .filter(refusal -> refusal.kind() == kind)
                .map(refusal -> refusal.reason()
                        .replaceFirst("^Insufficient ", "")
                        .replaceFirst("^(?:had|didn't have|didn't match|didn't find|didn't satisfy|were) ", ""))
                .distinct()
                .collect(Collectors.joining(", ")));
    }

    /** The others, for a person; empty where there are none. */
    String others(Kind kind) {
        var others = new ArrayList<String>();
        for (var refusal : refusals) {
            if (refusal.kind() != kind) {
                others.add(refusal.nodes() + " " + refusal.reason());
            }
        }
        return others.isEmpty() ? "" : " Of the others: " + cut(String.join("; ", others)) + ".";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
