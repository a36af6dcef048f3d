package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.ServiceFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.text.Effort;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a log that means a cause.
 *
 * @param isLast whether nothing after it speaks of an error any more
 * @param isOvercome whether something after it says that it went on
 */
record LogSign(LogLines.Line line, Matcher found, boolean isLast, boolean isOvercome, CrashFacts crash) {

    private static final Pattern GOES_ON = Pattern.compile("(?i)\\b(connected (to|successfully)|connection"
            + " (established|restored|ok)|reconnected|ready to accept connections|(started|succeeded|ready)"
            + " (in|after) [\\d.]+ ?m?s|(?<!that's |process |is already )listening (on|at)|retry succeeded|falling"
            + " back|using default|continuing|ignored?|skipping|recovered)\\b");

    /** Of several, the innermost cause of a stack trace, else the last: what was said first was often overcome. */
    static Optional<LogSign> find(CrashFacts crash, LogRule rule) {
        var lines = crash.log().lines();
        Optional<LogSign> best = Optional.empty();
        for (var line : lines.reversed()) {
            Effort.step();
            if (line.isCalm() || best.isPresent() && !line.isRoot()) {
                continue;
            }
            if (rule.words().stream().noneMatch(line.lowerCase()::contains)) {
                continue;
            }
            var found = rule.signs().stream()
                    .map(sign -> sign.matcher(Effort.counted(line.text())))
                    .filter(Matcher::find)
                    .findFirst();
            if (found.isPresent()) {
                best = Optional.of(at(crash, line, found.get()));
            }
        }
        return best;
    }

    private static LogSign at(CrashFacts crash, LogLines.Line line, Matcher found) {
        var after = crash.log().lines().stream()
                .filter(other -> other.number() > line.number())
                .toList();
        return new LogSign(
                line,
                found,
                after.stream()
                        .noneMatch(other -> !other.isCalm()
                                && LogLines.TELLING
                                        .matcher(Effort.counted(other.text()))
                                        .find()),
                after.stream()
                                .anyMatch(other -> GOES_ON.matcher(Effort.counted(other.text()))
                                        .find())
                        || GOES_ON.matcher(Effort.counted(line.text())).find(),
                crash);
    }

    /** What is wrong with the Service of this cluster that it could not use, where it is one. */
    String service() {
        return facts().map(facts -> facts.trouble(Named.name(found, "port")))
                .filter(text -> !text.isEmpty())
                .map(text -> " " + text)
                .orElse("");
    }

    /** That there is none, of a name that did not resolve. */
    String absence() {
        return facts().map(ServiceFacts::absence)
                .filter(text -> !text.isEmpty())
                .map(text -> " " + text)
                .orElse("");
    }

    private Optional<ServiceFacts> facts() {
        return crash.evidence().around().services().present().orElse(List.of()).stream()
                .filter(facts -> facts.host().equals(caught().host()))
                .findFirst();
    }

    /** What it says is only as good as what it is said of: a run that ended with an error, by itself, soon after. */
    int confidence(CrashFacts crash) {
        return Confidence.of(Kind.SAID)
                .agreeing(crash.endedByItself())
                .agreeing(line.isRoot())
                .agreeing(isLast)
                // Something else went wrong after it, and nobody knows whether for it.
                .contradicted(!isLast && !line.isRoot())
                .agreeing(!service().isEmpty())
                .contradicted(crash.last().exitCode() == 0)
                .contradicted(crash.killedBySignal())
                .contradicted(isOvercome)
                .value();
    }

    List<Quote> quotes() {
        var all = List.of(quote(), crash.status());
        return service().isEmpty()
                ? all
                : List.of(
                        quote(),
                        crash.status(),
                        new Quote(Source.SERVICES, service().strip()));
    }

    Quote quote() {
        return new Quote(Source.LOG, line.text().strip());
    }

    Caught caught() {
        return new Caught(found);
    }

    /** Which other container of the pod says that it uses the port. */
    String neighbourWithPort() {
        var port = Named.first(found, "port", "port2");
        return crash.evidence()
                .containers()
                .filter(container ->
                        !container.getName().equals(crash.crash().subject().container()))
                .filter(container -> container.getPorts().stream()
                        .anyMatch(p -> String.valueOf(p.getContainerPort()).equals(port)))
                .map(container -> " Container " + container.getName() + " of this pod declares it.")
                .findFirst()
                .orElse("");
    }
}
