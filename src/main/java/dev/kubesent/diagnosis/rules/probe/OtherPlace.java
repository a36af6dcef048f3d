package dev.kubesent.diagnosis.rules.probe;

import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The probe asks where nobody listens: the wrong host, or another port. Held against where the program says that it listens. */
final class OtherPlace {

    private static final Pattern OWN = Pattern.compile("localhost|127\\.0\\.0\\.1|::1");

    private OtherPlace() {}

    /** The kubelet asks from the node: a host of localhost is the node itself, unless the pod shares its network. */
    static Optional<Diagnosis> wrongHost(ProbeFacts facts) {
        return facts.asked()
                .host()
                .filter(host -> OWN.matcher(host).matches() && !facts.isHostNetwork())
                .map(host -> ProbeWords.says(
                        Cause.PROBE_WRONG_HOST,
                        facts.confidence(Kind.SENTENCE)
                                .agreeing(true)
                                .agreeing(true)
                                .value(),
                        "The probe's host is %s, which for the kubelet is the node itself, and not the pod: nothing listens there."
                                .formatted(host),
                        facts,
                        new Action.None(
                                "Remove the field host from the probe (httpGet.host, tcpSocket.host): then the kubelet"
                                        + " asks the pod's address."),
                        "ProbeWrongHost"));
    }

    /** It says that it listens on this very port, for nobody but itself. */
    static Optional<Diagnosis> loopback(ProbeFacts facts) {
        return facts.asked()
                .port()
                .flatMap(port -> Listening.of(facts.log()).loopbackOnly(port).stream()
                        .findFirst()
                        .map(line -> ProbeWords.quoting(
                                ProbeWords.says(
                                        Cause.PROBE_WRONG_HOST,
                                        facts.confidence(Kind.SENTENCE)
                                                .agreeing(true)
                                                .value(),
                                        "The program listens on port %d only on the loopback address (127.0.0.1), where the kubelet, which asks the pod's address, cannot reach it."
                                                .formatted(port),
                                        facts,
                                        new Action.None(
                                                "Let the program bind 0.0.0.0 (or the pod's address) on that port, or"
                                                        + " let the probe ask another port or run a command in the"
                                                        + " container."),
                                        "ProbeLoopback"),
                                line)));
    }

    /** The declared ports say little: they bind nobody. What the program says of itself does. */
    static Optional<Diagnosis> otherPort(ProbeFacts facts) {
        var listening = Listening.of(facts.log());
        return facts.asked()
                .port()
                .filter(port -> facts.neverPassed() && !listening.served().isEmpty() && !listening.has(port))
                .map(port -> ProbeWords.says(
                        Cause.PROBE_WRONG_PORT,
                        Math.min(
                                ProbeWords.CIRCUMSTANCES,
                                facts.confidence(Kind.SENTENCE).agreeing(true).value()),
                        "The probe asks port %d, and the program listens on %s."
                                .formatted(port, numbers(listening.served())),
                        facts,
                        Action.None.of(Cause.PROBE_WRONG_PORT),
                        "ProbeWrongPort"));
    }

    private static String numbers(Set<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }
}
