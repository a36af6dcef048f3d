package dev.kubesent.change;

import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.Subresource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** Is one patch of the pod template of a controller, which makes pods of it. */
public sealed interface TemplateChange extends Change permits TemplatePatch, RevisionChange {

    /** Failing pods that the controller will not replace by itself. */
    List<ObjectRef> stuckPods();

    @Override
    String template();

    @Override
    default Touches touches() {
        return Touches.TEMPLATE;
    }

    @Override
    default List<ObjectRef> others() {
        return stuckPods();
    }

    @Override
    default List<Request> requests() {
        return List.of(new Request.Patch(target(), Subresource.NONE, operations()));
    }

    /** What admission makes another template of could be neither watched nor taken back: it would not be known again. */
    @Override
    default Optional<String> alteredIn(HasMetadata made) {
        return template().isEmpty() || template().equals(Fingerprint.ofTemplate(made))
                ? Optional.empty()
                : Optional.of("admission would alter the template");
    }
}
