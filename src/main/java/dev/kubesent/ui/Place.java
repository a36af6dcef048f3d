package dev.kubesent.ui;

/**
 * What the page shows.
 *
 * @param words which cluster it is, for the head of the page
 * @param namespace that is shown; empty for all
 * @param mayApprove whether a yes can be said here; what the person may do is the API server's to say
 */
public record Place(String words, String namespace, boolean mayApprove) {

    public Place {
        words = Shown.line(words);
    }
}
