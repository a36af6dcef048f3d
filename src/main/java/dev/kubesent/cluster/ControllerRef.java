package dev.kubesent.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/** What an object says of its controller. Labels are anybody's; by this, at least, a controller itself goes. */
public final class ControllerRef {

    private ControllerRef() {}

    /** The API server allows at most one. */
    public static Optional<OwnerReference> of(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    public static boolean isBy(HasMetadata object, HasMetadata controller) {
        return of(object)
                .filter(owner -> owner.getKind().equals(controller.getKind())
                        && owner.getUid().equals(controller.getMetadata().getUid()))
                .isPresent();
    }
}
