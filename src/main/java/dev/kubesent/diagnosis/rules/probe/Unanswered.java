package dev.kubesent.diagnosis.rules.probe;

import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import java.util.Optional;

/** Nobody answered the probe: refused, or not in time. What it asks is held against where the program says that it listens. */
final class Unanswered {

    /** kubernetes pkg/probe/grpc: it waits for a connection, whether the port is closed or the answer no HTTP/2. */
    private static final Pattern NOT_IN_GRPC = Pattern.compile("timeout: failed to connect service");

    private Unanswered() {}

    static Optional<Diagnosis> refused(ProbeFacts facts) {
        return OtherPlace.wrongHost(facts)
                .or(() -> OtherPlace.loopback(facts))
                .or(() -> Early.of(facts))
                .or(() -> OtherPlace.otherPort(facts));
    }

    /** It was up, and does not answer in time any more: hung, or too busy. */
    static Optional<Diagnosis> timedOut(ProbeFacts facts) {
        if (facts.wasUp()) {
            return Optional.of(ProbeWords.says(
                    Cause.PROBE_TIMES_OUT,
                    Math.min(
                            ProbeWords.CIRCUMSTANCES,
                            facts.confidence(Kind.SENTENCE).agreeing(true).value()),
                    "The program was up and no longer answers its probe within %d s (timeoutSeconds): it hangs, has too little processor, or needs longer for what is asked."
                            .formatted(facts.asked().timeoutSeconds()),
                    facts,
                    Action.None.of(Cause.PROBE_TIMES_OUT),
                    "ProbeTimesOut"));
        }
        return facts.startIsOver() || !facts.neverPassed()
                ? Optional.empty()
                : Starting.works(facts.log()).map(line -> Early.tooEarly(facts, line));
    }

    /** Which fault it is, of the probe or of the program, is left open. */
    static Diagnosis open(ProbeFacts facts) {
        return ProbeWords.says(
                Cause.KILLED_BY_PROBE,
                facts.confidence(Kind.COMPLAINT)
                        .agreeing(facts.why().isPresent())
                        .value(),
                "The kubelet killed the container because its probe kept failing." + hint(facts),
                facts,
                Action.None.of(Cause.KILLED_BY_PROBE),
                "KilledByProbe");
    }

    /** What is left open, as far as it can be narrowed down. */
    private static String hint(ProbeFacts facts) {
        if (facts.why().filter(why -> NOT_IN_GRPC.matcher(why.text()).find()).isPresent()) {
            return " Nobody answered in gRPC%s within %d s: nothing listens there, it speaks another protocol such as plain HTTP, or the start takes longer."
                    .formatted(port(facts), facts.asked().timeoutSeconds());
        }
        if (facts.why().filter(why -> why.text().contains("connection refused")).isEmpty()) {
            return facts.heard().stream()
                    .findFirst()
                    .map(heard -> " The probe says: " + heard.chain().said() + ".")
                    .orElse("");
        }
        var port = port(facts);
        return facts.neverPassed()
                ? " Nothing ever answered%s: another port, a program that listens nowhere, or a start of more than %d s."
                        .formatted(port, facts.asked().allowed().toSeconds())
                : " It answered%s before, and no longer listens there.".formatted(port);
    }

    private static String port(ProbeFacts facts) {
        return facts.asked().port().map(number -> " on port " + number).orElse("");
    }
}
