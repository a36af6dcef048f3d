package dev.kubesent.diagnosis.rules.sandbox;

import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.kubelet.Found;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Speaker;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.diagnosis.rules.PendingFacts;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.List;
import java.util.Optional;

/** The pod's sandbox or network is not made: by what the last one in the chain says of it. */
public final class SandboxRule implements Rule {

    /** The innermost of those that call one another. */
    private static final Pattern PLUGIN =
            Pattern.compile("plugin type=\"(?P<plugin>[^\"]+)\"|\\[\\S+/\\S+:(?P<delegate>[\\w.-]+)\\]");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PendingFacts.of(evidence, Obstacle.NOT_SET_UP).flatMap(SandboxRule::judged);
    }

    private static Optional<Diagnosis> judged(PendingFacts pod) {
        var heard = pod.ofTheSandbox();
        return Told.of(heard, Signatures.of("sandbox"), SandboxRule::holds)
                .map(told -> says(told, pod))
                .or(() -> heard.stream().findFirst().map(SandboxRule::open));
    }

    /** Who does not reach the API server, or is not let in, is the network plugin only where that speaks. */
    private static boolean holds(Found found) {
        return switch (found.signature().id()) {
            case "network-no-api", "network-unauthorized", "network-leftover" ->
                found.clause().speaker() == Speaker.NETWORK;
            default -> true;
        };
    }

    private static Diagnosis says(Told told, PendingFacts pod) {
        var sign = told.found().signature();
        var isLast = told.quotes().stream().anyMatch(pod::isLast);
        return new Diagnosis(
                sign.cause(),
                isLast && sign.cause() != Cause.SANDBOX_FAILED
                        ? confidence(told).value()
                        : Confidence.of(Kind.FITS).value(),
                explanation(told),
                told.quotes(),
                new Action.None(told.found().advice()),
                told.rule());
    }

    /** That the plug-in failed is what Kubernetes says; why, nobody has to know for that. */
    private static Confidence confidence(Told told) {
        return told.found().signature().cause() == Cause.POD_NETWORK_FAILED
                ? Confidence.of(Kind.SENTENCE)
                : told.confidence();
    }

    private static String explanation(Told told) {
        var sign = told.found().signature();
        var chain = told.found().chain();
        var text = sign.cause() == Cause.POD_NETWORK_FAILED
                ? told.found().explanation("plugin", plugin(chain.message()))
                : told.found().explanation();
        return sign.id().equals("network-failed")
                        && chain.cause().isPresent()
                        && chain.cause().orElseThrow().speaker() == Speaker.NETWORK
                ? text + " It says: " + chain.said() + "."
                : text;
    }

    private static String plugin(String message) {
        var found = PLUGIN.matcher(message);
        var last = "";
        while (found.find()) {
            last = found.group("plugin") == null ? found.group("delegate") : found.group("plugin");
        }
        return last;
    }

    /** Nobody said anything whose meaning is known: what was said is quoted, and nobody accused. */
    private static Diagnosis open(Heard heard) {
        return new Diagnosis(
                Cause.SANDBOX_FAILED,
                Confidence.of(Kind.FITS).value(),
                heard.chain()
                        .cause()
                        .map(clause -> "The pod's sandbox cannot be made; %s says: %s."
                                .formatted(
                                        clause.speaker().title(), heard.chain().said()))
                        .orElse("The node's runtime cannot make the pod's sandbox, and does not say why."),
                List.of(heard.quote()),
                Action.None.of(Cause.SANDBOX_FAILED),
                "SandboxFailed");
    }
}
