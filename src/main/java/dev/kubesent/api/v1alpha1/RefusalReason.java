package dev.kubesent.api.v1alpha1;

/** Every reason not to make a change. docs/reasons.md is written from these texts. */
public enum RefusalReason {
    NOT_FAILING_ANY_MORE(
            Weight.HARD,
            "The live pod does not show this failure any more, or it is another pod by now.",
            "Nothing to do. If it fails again, it is looked at again."),
    EVIDENCE_DOES_NOT_SUPPORT(
            Weight.HARD,
            "The evidence does not prove the cause that the change would cure.",
            "Look at the pod yourself; the incident lists what was read and what could not be read."),
    CONFIDENCE_TOO_LOW(
            Weight.HARD,
            "The diagnosis is less sure than `KUBESENT_CONFIDENCE` asks for.",
            "Check the cause by hand. A lower `KUBESENT_CONFIDENCE` lets less sure diagnoses act."),
    NOTHING_TO_DO(
            Weight.HARD,
            "The cause is known, and nothing that KubeSent does would cure it.",
            "Do what the incident advises."),
    NO_REMEDY_FITS(
            Weight.HARD,
            "The change is right, but there is no safe way to make it on this kind of workload.",
            "Make the change by hand."),
    ALREADY_CHANGED(
            Weight.HARD,
            "The workload already asks for more; this pod is of an older revision, which its controller replaces.",
            "Wait for the rollout. If it stands still, see `kubectl rollout status`."),
    NAMESPACE_NOT_OPTED_IN(
            Weight.HARD, "The namespace does not have the label `kubesent.dev/heal: enabled`.", "Set that label."),
    NAMESPACE_PROTECTED(
            Weight.HARD,
            "The namespace is of the cluster itself, of Knative, or KubeSent's own. It is never changed.",
            "Make the change by hand."),
    OPTED_OUT(
            Weight.HARD,
            "The pod, or an owner of it, has the label or annotation `kubesent.dev/heal: disabled`.",
            "Remove the mark."),
    SYSTEM_POD(
            Weight.HARD,
            "It is a static pod, a mirror pod, or one of a `system-` priority class.",
            "Change the file on its node, or the operator that installs it."),
    CONTROLLER_UNKNOWN(
            Weight.HARD,
            "The pod belongs to a controller that KubeSent does not know how to change.",
            "Change the object that this controller is created from."),
    CONTROLLER_UNPROVEN(
            Weight.HARD,
            "The pod names a controller that did not make it: selector, labels or uid do not fit.",
            "See who created the pod. Nothing is changed on the word of a pod."),
    REJECTED(
            Weight.HARD,
            "A person has rejected it: `spec.rejected` of the incident says why.",
            "Nothing to do. A person who may approve can take that back, with `kubesent approve`. A new revision is"
                    + " judged again."),
    FIELD_NOT_ALLOWED(
            Weight.HARD,
            "The change sets a field that is not among those that KubeSent may set.",
            "`KUBESENT_FIELDS` lists the fields. Make any other change by hand."),
    ABOVE_MAXIMUM(
            Weight.HARD,
            "The new memory limit would be above `KUBESENT_MAX_MEMORY`.",
            "Raise `KUBESENT_MAX_MEMORY`, or find out what needs so much memory."),
    GROWN_TOO_FAR(
            Weight.HARD,
            "The new limit would be more than four times, and more than 1 Gi above, what it was when KubeSent first"
                    + " saw it.",
            "Find out why it grows: it may be a leak. Set the limit by hand if it is not; the bound then counts from"
                    + " there once the old incidents are gone (`KUBESENT_RETENTION`)."),
    LIMIT_RANGE(
            Weight.HARD,
            "A LimitRange of the namespace forbids the new value.",
            "Change the LimitRange, or the container's needs."),
    QUOTA(
            Weight.HARD,
            "A ResourceQuota of the namespace has no room for the new value.",
            "Raise the quota, or free some of it."),
    NODE_TOO_SMALL(
            Weight.HARD,
            "No node, or not the pod's own node, has room for the new value.",
            "Give the cluster a larger node, or the pod another one."),
    NODE_NOT_READY(Weight.HARD, "The pod's node is not ready, or it is cordoned.", "Fix the node first."),
    TRIED_IN_VAIN(
            Weight.HARD,
            "The same change of the same revision was made before. It did not help, and was reverted.",
            "Look for another cause. A new revision is judged again."),
    DRY_RUN_REFUSED(
            Weight.HARD,
            "The API server refused the change in a dry run, or would have altered it.",
            "The incident has the API server's own words: an admission policy, a webhook or a validation."),
    RIGHT_MISSING(
            Weight.HOLD,
            "KubeSent has no right to make this change here.",
            "Bind the ClusterRole `kubesent-healer` in this namespace ([knative/README.md](../knative/README.md))."),
    BOUND_BY_SERVER(
            Weight.HOLD,
            "One of KubeSent's own admission policies in the API server does not allow its account this change.",
            "If it names `250-bounds.yaml` or `kubesent.dev/allow`, widen that. Otherwise make the change by hand"
                    + " ([the second gate](../knative/README.md#the-second-gate))."),
    CANNOT_TELL(
            Weight.HARD,
            "Something that the decision rests on could not be read.",
            "The incident says what, and why. It is judged again after five minutes."),
    COOLING_DOWN(
            Weight.POLICY,
            "The workload was changed a while ago, and is left alone for `KUBESENT_COOL_DOWN`.",
            "Wait, or approve the incident."),
    ATTEMPTS_SPENT(
            Weight.POLICY,
            "The workload had `KUBESENT_ATTEMPTS` changes within 24 hours.",
            "Look at it yourself: the changes did not last. Approve the incident if it is right all the same."),
    BUDGET_SPENT(
            Weight.POLICY,
            "The namespace had `KUBESENT_BUDGET` changes within an hour.",
            "Wait, approve the incident, or raise the budget."),
    NOT_ALLOWED(
            Weight.POLICY,
            "This kind of change is listed neither in `KUBESENT_ALLOW` nor in the annotation `kubesent.dev/allow`.",
            "Approve the incident, or list the kind."),
    PUSHED_AGAIN(
            Weight.POLICY,
            "This very revision was healed before, and somebody has rolled it out again.",
            "Put the change into the manifest that it comes from; or approve the incident."),
    NOT_PROVEN(
            Weight.POLICY,
            "This cure fits the evidence, but it is not proven: the fault may lie elsewhere.",
            "Check the cause, and approve the incident."),
    GAINS_RIGHTS(
            Weight.POLICY,
            "The change would give the pods a right that they do not have now.",
            "Approve the incident if they may have it."),
    OWNED_BY_ANOTHER(
            Weight.POLICY,
            "Somebody else sets this field (GitOps, Helm, an operator, an autoscaler), and would set it back; or Argo"
                    + " Rollouts would take the change for a release.",
            "Make the change at its source: the incident has it as YAML. `KUBESENT_MANAGERS` lists"
                    + " whose fields may be changed."),
    SUGGEST_ONLY(
            Weight.POLICY,
            "The change is right, but KubeSent is set to suggest and not to act.",
            "Approve the incident, or set `KUBESENT_MODE` (or the annotation `kubesent.dev/mode`) to `heal`."),
    APPROVED_ANOTHER_CHANGE(
            Weight.POLICY,
            "A person approved another change than the one that would be made now.",
            "Read the new change. Set `spec.approved` to false, and to true again."),
    SECOND_APPROVAL_MISSING(
            Weight.POLICY,
            "The namespace asks for two approvals (`kubesent.dev/approvals: 2`), and fewer than two named people have"
                    + " approved this change.",
            "Somebody else, who may approve, sets `spec.approvedAgain` to true"
                    + " ([how](../knative/README.md#two-approve))."),
    TOO_SOON(
            Weight.HOLD,
            "The failure has only just begun, and may end by itself: an image that is still being pushed, a Secret"
                    + " that is still being made.",
            "Wait. It is judged again within a minute or two."),
    BEING_VERIFIED(
            Weight.HOLD, "Another change to the same workload is under way, or is being watched.", "Wait for its end."),
    STORM(
            Weight.HOLD,
            "So many workloads fail together, in several namespaces, that the cause is something they share.",
            "Look at what they share: network, registry, nodes, a database. `KUBESENT_STORM_COUNT` and"
                    + " `KUBESENT_STORM_SHARE` say how much is a storm."),
    STORM_IN_NAMESPACE(
            Weight.HOLD,
            "So many workloads fail together in this namespace that the cause is something they share. KubeSent still"
                    + " heals other namespaces.",
            "Look at what they share."),
    AFTER_STORM(Weight.HOLD, "A storm has ended less than `KUBESENT_STORM_COOL_DOWN` ago.", "Wait."),
    PAUSED(
            Weight.HOLD,
            "Everything is paused, by `KUBESENT_PAUSE` or by the ConfigMap `kubesent` in KubeSent's namespace.",
            "Delete the ConfigMap, or set its `pause` to false."),
    MUTED(
            Weight.HOLD,
            "The workload has the annotation `kubesent.dev/muted-until`, and that time has not come.",
            "Wait, or end it with `kubesent unmute`. An approval waits as well."),
    MUTE_UNUSABLE(
            Weight.HOLD,
            "The workload has the annotation `kubesent.dev/muted-until` with a value that is no time, or is more than"
                    + " 30 days away.",
            "Correct it with `kubesent mute`, or remove it with `kubesent unmute`. Until then nothing is changed.");

    private final Weight weight;
    private final String meaning;
    private final String next;

    RefusalReason(Weight weight, String meaning, String next) {
        this.weight = weight;
        this.meaning = meaning;
        this.next = next;
    }

    public Weight weight() {
        return weight;
    }

    /** In a sentence or two, as Markdown. */
    public String meaning() {
        return meaning;
    }

    /** What lets the change be made, or what a person does in its place; as Markdown. */
    public String next() {
        return next;
    }

    public enum Weight {
        /** The change itself is not proven right. */
        HARD,
        /** The change is right; only a policy keeps KubeSent from making it, so it is proposed, and can be approved. */
        POLICY,
        /** The change is right, but nothing may be changed at this time; an approval waits until it may. */
        HOLD
    }
}
