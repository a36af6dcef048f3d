package dev.kubesent.event;

import java.util.List;

/** What one request delivered. */
public sealed interface Delivery {

    /** Binary or structured mode. */
    record Single(Element element) implements Delivery {}

    /** Batch mode: each element stands for itself. */
    record Batch(List<Element> elements) implements Delivery {
        public Batch {
            elements = List.copyOf(elements);
        }
    }

    sealed interface Element {}

    record Readable(CloudEvent event) implements Element {}

    record Unreadable(Problem problem) implements Element {}
}
