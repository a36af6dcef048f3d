package dev.kubesent.diagnosis.rules.volume;

import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.kubelet.Clause;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Told;
import dev.kubesent.diagnosis.rules.PendingFacts;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A volume of the pod is not attached or mounted: by what the last one in the chain says of it. */
public final class VolumeRule implements Rule {

    private static final Pattern VOLUME =
            Pattern.compile("volume \"([^\"]{1,253})\"|unmounted volumes=\\[([^\\]]{1,500})");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PendingFacts.of(evidence, Obstacle.NOT_SET_UP).flatMap(VolumeRule::judged);
    }

    /** Only the last word that says why: what was said before it may have been overcome. */
    private static Optional<Diagnosis> judged(PendingFacts pod) {
        var heard = pod.ofVolumes();
        var last = heard.stream()
                .filter(PendingFacts::saysWhy)
                .findFirst()
                .or(() -> heard.stream().findFirst());
        return last.map(one -> Told.of(List.of(one), Signatures.of("volume"))
                .map(told -> says(told, pod))
                .orElseGet(() -> open(one)));
    }

    private static Diagnosis says(Told told, PendingFacts pod) {
        var isLast = told.quotes().stream().anyMatch(pod::isLast);
        return new Diagnosis(
                told.found().signature().cause(),
                isLast ? told.confidence().value() : Confidence.of(Kind.FITS).value(),
                told.found().explanation() + driver(told, pod),
                told.quotes(),
                new Action.None(told.found().advice()),
                told.rule());
    }

    /** What kind of volume it is, where the words do not say. */
    private static String driver(Told told, PendingFacts pod) {
        var name = volume(told.found().chain().message());
        return pod.evidence().pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name) && volume.getNfs() != null)
                .findFirst()
                .map(volume -> " Volume %s is %s of the server %s."
                        .formatted(
                                name, volume.getNfs().getPath(), volume.getNfs().getServer()))
                .orElse("");
    }

    /** Nobody said anything whose meaning is known: what was said is quoted, and nobody accused. */
    private static Diagnosis open(Heard heard) {
        var chain = heard.chain();
        var who = PendingFacts.saysWhy(heard) ? chain.cause() : Optional.<Clause>empty();
        return new Diagnosis(
                Cause.VOLUME_NOT_MOUNTED,
                Confidence.of(Kind.FITS).value(),
                who.map(clause -> "Volume %s cannot be mounted; %s says: %s."
                                .formatted(
                                        volume(chain.message()),
                                        clause.speaker().title(),
                                        chain.said()))
                        .orElse("Volume %s cannot be mounted in time, and nothing says why."
                                .formatted(volume(chain.message()))),
                List.of(heard.quote()),
                Action.None.of(Cause.VOLUME_NOT_MOUNTED),
                "VolumeNotMounted");
    }

    private static String volume(String message) {
        var found = VOLUME.matcher(message);
        return found.find() ? (found.group(1) == null ? found.group(2) : found.group(1)) : "";
    }
}
