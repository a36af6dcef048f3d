package dev.kubesent.diagnosis.rules.probe;

import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.log.Log;
import dev.kubesent.diagnosis.signature.Certainty;
import dev.kubesent.diagnosis.signature.Match;
import dev.kubesent.diagnosis.signature.Signatures;
import java.util.List;
import java.util.Optional;

/** What a program that is not well says of it in its log. */
final class OwnWords {

    private static final Signatures KNOWN = Signatures.of("data", "node", "dependency", "files", "settings");

    private OwnWords() {}

    /** What the entry that tells most means, where that is known and definite. */
    static Optional<Match> in(List<String> log) {
        return Log.read(log)
                .telling()
                .map(Entry::text)
                .flatMap(KNOWN::first)
                .filter(match -> match.signature().certainty() == Certainty.DEFINITE);
    }

    /** The line of it. */
    static Optional<String> lineIn(List<String> log) {
        return in(log).flatMap(_ ->
                Log.read(log).tellingLine().map(line -> line.shown().strip()));
    }
}
