package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.action.Action;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the program said before it ended, by the signatures that are known. Of several causes that it speaks of, the one with the best
 * evidence; of equals the more definite, then the innermost, the louder, then the first
 * that was said.
 */
public final class ProgramSays implements Rule {

    private static final Comparator<Finding> SURER = Comparator.comparingInt(Finding::confidence)
            .thenComparing(Finding::certainty, Comparator.reverseOrder())
            .thenComparing(Finding::isRoot);

    private static final Comparator<Finding> BEST = SURER.thenComparing(
                    finding -> finding.entry().level(), Comparator.reverseOrder())
            // Of two that do not contradict each other the second follows from the first.
            .thenComparing(finding -> -finding.entry().number());

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return CrashFacts.of(evidence)
                .filter(crash -> !crash.neverStarted())
                .flatMap(crash -> best(Findings.of(crash)).map(this::says));
    }

    /** The first of equals: families are asked in the order of how special they are. */
    private static Optional<Finding> best(List<Finding> all) {
        return all.stream().reduce((one, other) -> isBetter(other, one) ? other : one);
    }

    /** In one entry the family that is asked first counts; of two entries of one cause the one that names something. */
    private static boolean isBetter(Finding other, Finding than) {
        if (other.entry().equals(than.entry())) {
            return SURER.compare(other, than) > 0;
        }
        var names = Boolean.compare(isNaming(other), isNaming(than));
        return other.cause() == than.cause() && names != 0 && SURER.compare(other, than) == 0
                ? names > 0
                : BEST.compare(other, than) > 0;
    }

    private static boolean isNaming(Finding finding) {
        return !finding.match().caught().isEmpty();
    }

    private Diagnosis says(Finding finding) {
        var match = finding.match();
        return new Diagnosis(
                finding.cause(),
                finding.confidence(),
                match.explanation() + NearbyFacts.of(finding),
                quotes(finding),
                new Action.None(match.advice()),
                match.signature().id());
    }

    private static List<Quote> quotes(Finding finding) {
        var service = finding.service();
        return Stream.of(
                        Optional.of(finding.quote()),
                        Optional.of(finding.crash().status()),
                        Optional.of(service)
                                .filter(text -> !text.isEmpty())
                                .map(text -> new Quote(Source.SERVICES, text)))
                .flatMap(Optional::stream)
                .toList();
    }
}
