package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Place;
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
final class Findings {

    /** In this order they are asked; of two that are equally sure, the first counts. */
    private static final String[] FAMILIES = {"memory", "data", "node", "dependency", "files", "settings", "program"};

    private final Log log;
    private final Map<Integer, List<Match>> byEntry = new HashMap<>();

    private Findings(Log log) {
        this.log = log;
    }

    static List<Finding> of(CrashFacts crash) {
        return new Findings(crash.log()).found(crash);
    }

    private List<Finding> found(CrashFacts crash) {
        var text =
                log.entries().stream().filter(Findings::isRead).map(Entry::text).collect(Collectors.joining("\n"));
        var near = Signatures.of(FAMILIES).near(text);
        var all = new ArrayList<Finding>();
        for (var entry : log.entries()) {
            byEntry.put(entry.number(), isRead(entry) ? matches(near, entry) : List.of());
        }
        for (var entry : log.entries()) {
            for (var match : byEntry.getOrDefault(entry.number(), List.of())) {
                all.add(new Finding(match, entry, isContradicted(entry, match), isOvercome(entry, match), crash));
            }
        }
        return all;
    }

    /** A hint is taken of what speaks of trouble only. */
    private static List<Match> matches(Signatures near, Entry entry) {
        var isTrouble = Log.isLoud(entry);
        return near.in(entry.text()).stream()
                .filter(match -> isTrouble || match.signature().certainty() != Certainty.HINT)
                .toList();
    }

    /** What is only reported for information is no failure, even if it speaks of one. */
    private static boolean isRead(Entry entry) {
        return !entry.level().isCalm() && entry.role() != Entry.Role.WRAPS;
    }

    /** That something is connected is of a matter only where something was not. */
    private boolean isOvercome(Entry entry, Match match) {
        return log.goesOnAfter(entry)
                || match.signature().cause().place() == Place.DEPENDENCY && log.isConnectedAfter(entry);
    }

    /** By a later entry that is of another matter: it means nothing that is known, or another cause as surely. */
    private boolean isContradicted(Entry entry, Match match) {
        return log.laterTroubles(entry)
                .anyMatch(later -> isOther(byEntry.getOrDefault(later.number(), List.of()), match.signature()));
    }

    private static boolean isOther(List<Match> later, Signature own) {
        return later.isEmpty()
                || later.stream().noneMatch(other -> other.signature().cause() == own.cause())
                        && later.stream()
                                .anyMatch(other -> other.signature().certainty().compareTo(own.certainty()) <= 0);
    }
}
