package dev.kubesent.cluster;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items may be fewer than were asked for, also where there are more
 * @param next what to ask for the next page with; empty where this is the last
 * @param unpicked whether the server could not pick them out, and all were read for it
 * @param unreadable objects that this version cannot read, as a newer one wrote them: they are not among the items
 */
public record Page<T>(List<T> items, String next, boolean unpicked, int unreadable) {

    public Page {
        items = List.copyOf(items);
    }

    public Page(List<T> items, String next, boolean unpicked) {
        this(items, next, unpicked, 0);
    }

    public boolean isLast() {
        return next.isEmpty();
    }
}
