package dev.kubesent.change;

import dev.kubesent.cluster.Fingerprint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What admission makes another template of could be neither watched nor taken back: it would not be known again. */
final class AlteredTemplate {

    private AlteredTemplate() {}

    /** @param template as it is meant, as a fingerprint; empty where it does not matter */
    static Optional<String> whyNot(String template, HasMetadata made) {
        return template.isEmpty() || template.equals(Fingerprint.ofTemplate(made))
                ? Optional.empty()
                : Optional.of("admission would make another template of it");
    }
}
