package dev.kubesent.cluster;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items may be fewer than were asked for, also where there are more
 * @param next what to ask for the next page with; empty where this is the last
 * @param unpicked whether the server could not pick them out, and all were read for it
 */
public record Page<T>(List<T> items, String next, boolean unpicked) {

    public Page {
        items = List.copyOf(items);
    }

    public boolean isLast() {
        return next.isEmpty();
    }
}
