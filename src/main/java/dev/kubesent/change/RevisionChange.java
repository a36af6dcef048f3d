package dev.kubesent.change;

import java.util.Optional;

/**
 * Replaces a revision that never lived by another, as a rollout does. So it is given the time that a rollout is given, and is for whatever node comes
 * next.
 */
public sealed interface RevisionChange extends TemplateChange permits TemplateRollback, TemplateEdit {

    /** The revision that it is to replace. */
    RevisionRef from();

    @Override
    default Optional<RevisionRef> cameFrom() {
        return Optional.of(from());
    }

    @Override
    default Grace grace() {
        return Grace.TO_COME_UP;
    }

    @Override
    default NodeNeed nodeNeed() {
        return NodeNeed.NONE;
    }
}
