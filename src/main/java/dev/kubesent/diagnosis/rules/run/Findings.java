package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.api.v1alpha1.Place;
import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.log.Log;
import dev.kubesent.diagnosis.signature.Certainty;
import dev.kubesent.diagnosis.signature.Match;
import dev.kubesent.diagnosis.signature.Signature;
import dev.kubesent.diagnosis.signature.Signatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that is known of what a log says. */
public final class Findings {

    /** In this order they are asked; of two that are equally sure, the first counts. */
    private static final String[] FAMILIES = {"memory", "data", "node", "dependency", "files", "settings", "program"};

    /**
     * Characters times the signatures that could be in them. 50 lines of a log that was not made to hurt come to some 20,000; this is about
     * 40 ms of one processor (src/bench/diagnosis.sh).
     */
    private static final long MOST = 300_000;

    private final Log log;
    private final Map<Integer, List<Match>> byEntry = new HashMap<>();

    private Findings(Log log) {
        this.log = log;
    }

    static List<Finding> of(CrashFacts crash) {
        return ReadOnce.findings(crash.log(), () -> new Findings(crash.log()).found(crash));
    }

    /** Whether what a rule says is more than a program's words in a form that others print as well. @param rule of a diagnosis */
    public static boolean isProof(String rule) {
        return Signatures.of(FAMILIES).all().stream()
                .filter(signature -> signature.id().equals(rule))
                .allMatch(Signature::isProof);
    }

    private List<Finding> found(CrashFacts crash) {
        var text =
                log.entries().stream().filter(Findings::isRead).map(Entry::text).collect(Collectors.joining("\n"));
        read(Signatures.of(FAMILIES).near(text));
        var all = new ArrayList<Finding>();
        for (var entry : log.entries()) {
            var matches = byEntry.getOrDefault(entry.number(), List.of());
            var later = matches.isEmpty()
                    ? List.<Entry>of()
                    : log.laterTroubles(entry).toList();
            for (var match : matches) {
                all.add(new Finding(
                        match,
                        entry,
                        isAmbiguous(matches, match),
                        isContradicted(later, match),
                        isOvercome(entry, match),
                        crash));
            }
        }
        return all;
    }

    /** By what the same entry says beside it: two causes cannot both be the root. */
    private static boolean isAmbiguous(List<Match> matches, Match match) {
        return matches.stream()
                .map(Match::signature)
                .anyMatch(other -> other.cause() != match.signature().cause());
    }

    /** From the end, where most is told, until as much was looked at as a diagnosis may be slow for; what is said again is read once. */
    private void read(Signatures near) {
        var known = new HashMap<String, List<Match>>();
        long work = 0;
        for (var entry : log.entries().reversed()) {
            var text = entry.text();
            if (isRead(entry) && !known.containsKey(text)) {
                var some = near.near(text);
                work += (long) text.length() * some.all().size();
                known.put(text, work > MOST ? List.of() : some.in(text));
            }
            byEntry.put(entry.number(), isRead(entry) ? told(entry, known.getOrDefault(text, List.of())) : List.of());
        }
    }

    /** A hint is taken of what speaks of trouble only. */
    private static List<Match> told(Entry entry, List<Match> matches) {
        var isTrouble = Log.isLoud(entry);
        return matches.stream()
                .filter(match -> isTrouble || match.signature().certainty() != Certainty.HINT)
                .toList();
    }

    /** What is only reported for information is no failure, even if it speaks of one. */
    public static boolean isRead(Entry entry) {
        return !entry.level().isCalm() && entry.role() != Entry.Role.WRAPS;
    }

    /** That something is connected is of a matter only where something was not. */
    private boolean isOvercome(Entry entry, Match match) {
        return log.goesOnAfter(entry)
                || match.signature().cause().place() == Place.DEPENDENCY && log.isConnectedAfter(entry);
    }

    /** By a later entry that is of another matter: it means nothing that is known, or another cause as surely. */
    private boolean isContradicted(List<Entry> troubles, Match match) {
        return troubles.stream()
                .anyMatch(later -> isOther(byEntry.getOrDefault(later.number(), List.of()), match.signature()));
    }

    private static boolean isOther(List<Match> later, Signature own) {
        return later.isEmpty()
                || later.stream().noneMatch(other -> other.signature().cause() == own.cause())
                        && later.stream()
                                .anyMatch(other -> other.signature().certainty().compareTo(own.certainty()) <= 0);
    }
}
