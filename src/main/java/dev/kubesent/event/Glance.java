package dev.kubesent.event;

import java.util.Optional;

/** Answers what needs nobody, by what was sent alone. Most events end here. */
@FunctionalInterface
public interface Glance {

    /** @return empty for all that has to be let in */
    Optional<Reply> at(Request request);

    /**
     * The same for an event whose headers have been seen to be plain ({@link PlainHead}), so that nobody has to read them: it is answered if its pod is well.
     *
     * @param bytes begin with the pod; what follows it is none of it @param length of the pod @return empty where {@link #at} is to be asked
     */
    default Optional<Reply> atPod(byte[] bytes, int length) {
        return Optional.empty();
    }
}
