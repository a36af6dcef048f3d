package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.log.Level;
import dev.kubesent.diagnosis.signature.Certainty;
import dev.kubesent.diagnosis.signature.Match;
import dev.kubesent.evidence.ServiceFacts;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Optional;

/**
 * A signature that an entry of the log has.
 *
 * @param isAmbiguous whether the entry has a signature of another cause as well
 * @param isContradicted whether something of another matter went wrong after it
 * @param isOvercome whether something after it says that it went on
 */
record Finding(
        Match match, Entry entry, boolean isAmbiguous, boolean isContradicted, boolean isOvercome, CrashFacts crash) {

    Cause cause() {
        return match.signature().cause();
    }

    Entry.Line line() {
        return entry.at(match.start());
    }

    /** What it says is only as good as what it is said of: a run that ended with an error, by itself, soon after. */
    int confidence() {
        return Confidence.of(kind())
                .agreeing(crash.endedByItself())
                .agreeing(isRoot() && !isAmbiguous)
                .agreeing(!isContradicted && certainty() != Certainty.HINT)
                .contradicted(isContradicted)
                .agreeing(!service().isEmpty())
                .contradicted(crash.endedWell())
                .contradicted(crash.killedBySignal())
                .contradicted(isOvercome)
                // A warning, and then it was told to stop: it lived with what it warned of.
                .contradicted(entry.level() == Level.WARN && ToldToStop.isAfter(crash.log(), entry))
                .value();
    }

    /** Whether the innermost cause of its stack trace says so, or says so as well. */
    boolean isRoot() {
        var root = entry.root();
        return root.isRoot() && match.signature().in(root.text()).isPresent();
    }

    private Kind kind() {
        return switch (certainty()) {
            case DEFINITE -> Kind.SAID;
            case LIKELY, HINT -> Kind.COMPLAINT;
        };
    }

    Certainty certainty() {
        return match.signature().certainty();
    }

    /** What is wrong with the Service of this cluster that the program could not use; empty where it is none, or nothing is. */
    String service() {
        return services().map(facts -> facts.trouble(match.raw("port"))).orElse("");
    }

    /** The Service whose name it says. */
    Optional<ServiceFacts> services() {
        return crash.evidence().around().services().present().orElse(List.of()).stream()
                .filter(facts -> facts.host().equals(match.raw("host")))
                .findFirst();
    }

    Quote quote() {
        return new Quote(Source.LOG, line().shown());
    }
}
