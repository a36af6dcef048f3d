package dev.kubesent.change;

import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.failure.FailureKind;

/**
 * A pod template that was taken back to an earlier revision. Both are still kept by the controller, so neither is kept here.
 *
 * @param failure which was to be cured by it, of this container
 * @param template a fingerprint of the pod template that it made
 */
public record MadeRollback(
        ObjectRef target, FailureKind failure, String container, RevisionRef from, RevisionRef to, String template)
        implements Made {

    static MadeRollback of(TemplateRollback change) {
        return new MadeRollback(
                change.target(), change.failure(), change.container(), change.from(), change.to(), change.template());
    }
}
