package dev.kubesent.change;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.FailureKind;

/**
 * A field of a pod template that was changed. To take it back is to go back to the revision before it.
 *
 * @param failure which was to be cured by it, of this container
 * @param template a fingerprint of the pod template that it made
 */
public record MadeEdit(ObjectRef target, FailureKind failure, String container, RevisionRef from, String template)
        implements Made {

    static MadeEdit of(TemplateEdit change) {
        return new MadeEdit(change.target(), change.failure(), change.container(), change.from(), change.template());
    }
}
