package dev.kubesent.event;

import dev.kubesent.cluster.Name;
import java.util.Optional;

/**
 * A pod that may be failing, as an event told it.
 *
 * @param body the pod as the event carries it; empty in Reference mode, where the event only names it
 */
public record PodEvent(String eventId, Name namespace, Name name, Optional<byte[]> body) {}
