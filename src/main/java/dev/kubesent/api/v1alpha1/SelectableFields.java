package dev.kubesent.api.v1alpha1;

/**
 * By which fields incidents are found, so that no decision costs the more the more of them there are. The CRD names these fields as
 * selectable; {@code knative/base/100-incident-crd.yaml} has eight, which is all that Kubernetes allows.
 */
public final class SelectableFields {

    public static final String OWNER = "spec.ownerName";
    public static final String FAILURE = "spec.failure";
    public static final String APPROVED = "spec.approved";
    public static final String PHASE = "status.phase";
    public static final String WORKLOAD = "status.workload";
    public static final String SEEN_IN = "status.seenIn";
    public static final String CHANGED_IN = "status.changedIn";
    public static final String WAITS_FOR = "status.waitsFor";

    private SelectableFields() {}
}
