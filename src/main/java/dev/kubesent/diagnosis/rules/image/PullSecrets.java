package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.RunningImage;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The Secret that a pod lacks for a registry, by what pods beside it name that run images of that registry. No Secret is read: KubeSent has no
 * right to (docs/decisions/0026).
 */
final class PullSecrets {

    private PullSecrets() {}

    /** @return the names of those that the nearest such pod has and this one has not; empty where there is none */
    static Optional<List<String>> missing(String image, Evidence evidence) {
        var own = evidence.pod().getSpec().getImagePullSecrets().stream()
                .map(LocalObjectReference::getName)
                .toList();
        return evidence.around().images().present().orElse(List.of()).stream()
                .filter(other -> RunningImage.registry(other.image()).equals(RunningImage.registry(image)))
                .filter(other -> other.pullSecrets().stream().anyMatch(name -> !own.contains(name)))
                .max(Comparator.comparing(
                        other -> RunningImage.repository(other.image()).equals(RunningImage.repository(image))))
                .map(other -> other.pullSecrets().stream()
                        .filter(name -> !own.contains(name))
                        .toList());
    }

    /** A sentence for a person; nothing where there is none. */
    static String hint(String image, Evidence evidence) {
        return missing(image, evidence)
                .map(names -> " Beside it runs an image of %s with the imagePullSecrets %s."
                        .formatted(RunningImage.registry(image), String.join(", ", names)))
                .orElse("");
    }

    /** What to put where; nothing where there is none. */
    static String advice(String image, Evidence evidence) {
        return missing(image, evidence)
                .map(names -> names.stream().map(name -> "{name: " + name + "}").toList())
                .map(names -> "Add to the pod template: imagePullSecrets: [%s]. ".formatted(String.join(", ", names)))
                .orElse("");
    }
}
