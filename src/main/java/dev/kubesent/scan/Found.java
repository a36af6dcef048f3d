package dev.kubesent.scan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.FailureKind;
import java.util.List;

/**
 * A failure, as a scan shows it.
 *
 * @param workload the top of the owner chain, as {@code Deployment/web}; the pod itself where that cannot be read
 * @param pod the first that shows it
 * @param pods how many show it
 * @param confidence 0 to 100
 * @param why the cause in a sentence
 * @param evidence the lines it rests on, each with its source
 * @param would what KubeSent would do, were it installed and allowed; empty where it would do nothing
 * @param tried what the API server said to that in a dry run; empty where none was sent
 * @param you what a person can do
 * @param unread what could not be read, and why
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Found(
        String namespace,
        String workload,
        String container,
        FailureKind failure,
        String pod,
        int pods,
        Cause cause,
        int confidence,
        String why,
        List<String> evidence,
        String would,
        String tried,
        String you,
        List<String> unread) {

    public Found {
        evidence = List.copyOf(evidence);
        unread = List.copyOf(unread);
    }
}
