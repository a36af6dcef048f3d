package dev.kubesent.change;

import dev.kubesent.cluster.Subresource;

/** What a change changes. */
public enum Touches {
    /** One pod: there is no revision of it but its uid. */
    POD(Subresource.RESIZE),
    /** The template of a workload, for its next pods. */
    TEMPLATE(Subresource.NONE),
    /** Which of the pods that there are get requests. */
    TRAFFIC(Subresource.NONE);

    private final Subresource subresource;

    Touches(Subresource subresource) {
        this.subresource = subresource;
    }

    /** Through which its fields are set, and their owners are asked for. */
    public Subresource subresource() {
        return subresource;
    }
}
