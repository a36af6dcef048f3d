package dev.kubesent.scan.described;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * A pod that was read from a description.
 *
 * @param pod as complete as the text; its times are moved so that the description was made now
 * @param owner the workload, as {@code Deployment/web}; empty where the text names none
 * @param events the oldest first, as kubectl prints them; without a time
 * @param unread what the text leaves out or what could not be read in it, each in a few words
 * @param undecidable why no cause can be told from this text, in a sentence that says what to do; empty where one can
 */
public record DescribedPod(Pod pod, String owner, List<Event> events, List<String> unread, String undecidable) {

    public DescribedPod {
        events = List.copyOf(events);
        unread = List.copyOf(unread);
    }
}
