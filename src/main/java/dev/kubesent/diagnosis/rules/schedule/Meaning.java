package dev.kubesent.diagnosis.rules.schedule;

import dev.kubesent.api.v1alpha1.Cause;

/**
 * What it means that a kind of refusal is the heaviest.
 *
 * @param explanation with a place for the counts and one for the words
 */
record Meaning(Cause cause, String rule, String explanation, String advice) {

    static Meaning of(Refusal.Kind kind) {
        return switch (kind) {
            case DOWN ->
                new Meaning(
                        Cause.NODES_NOT_READY,
                        "NodesNotReady",
                        "The nodes themselves take no pods%s: %s.",
                        Cause.NODES_NOT_READY.advice());
            case FULL ->
                new Meaning(
                        Cause.NODES_FULL,
                        "NodesFull",
                        "The nodes that the pod may run on have not enough left%s: %s.",
                        Cause.NODES_FULL.advice());
            case DEVICE ->
                new Meaning(
                        Cause.RESOURCE_NOT_OFFERED,
                        "ResourceNotOffered",
                        "No node offers what the pod asks for%s: %s. Of a device that mostly means that its driver"
                                + " or device plugin is not set up on the nodes; it may be in use as well.",
                        Cause.RESOURCE_NOT_OFFERED.advice());
            case VOLUME_IN_USE ->
                new Meaning(
                        Cause.VOLUME_IN_USE,
                        "VolumeInUse",
                        "Another pod has the volume, which only one may have%s: %s.",
                        "End the other pod, or use an access mode that allows several.");
            case VOLUME_LIMIT ->
                new Meaning(
                        Cause.VOLUME_LIMIT_REACHED,
                        "VolumeLimitReached",
                        "The nodes can take no more volumes%s: %s.",
                        Cause.VOLUME_LIMIT_REACHED.advice());
            case VOLUME_ELSEWHERE ->
                new Meaning(
                        Cause.VOLUME_ELSEWHERE,
                        "VolumeElsewhere",
                        "The pod's volume can only be used in another zone or on another node than it may run"
                                + " on%s: %s.",
                        "Add room in the volume's zone, let the pod go there (nodeSelector, taints), or restore"
                                + " the volume elsewhere; for new ones use volumeBindingMode WaitForFirstConsumer.");
            case VOLUME_GONE ->
                new Meaning(
                        Cause.VOLUME_GONE,
                        "VolumeGone",
                        "A claim of the pod is bound to a PersistentVolume that does not exist any more%s: %s.",
                        "Restore the PersistentVolume, or delete the claim and let a new volume be made; what was on"
                                + " it is not there.");
            case VOLUME_UNBOUND ->
                new Meaning(
                        Cause.CLAIM_NOT_BOUND,
                        "ClaimNotBound",
                        "A PersistentVolumeClaim of the pod is not bound to a volume, and no node has one for"
                                + " it%s: %s.",
                        Cause.CLAIM_NOT_BOUND.advice());
            case OTHERS ->
                new Meaning(
                        Cause.NO_NODE_FITS,
                        "NoNodeFits",
                        "The pods that already run on the nodes keep this one away by their anti-affinity%s: %s.",
                        "Find the pods whose podAntiAffinity matches this one's labels; add nodes, or change it"
                                + " there.");
            case PORTS, UNFIT ->
                new Meaning(
                        Cause.NO_NODE_FITS,
                        "NoNodeFits",
                        "No node is one that the pod may run on%s: %s.",
                        Cause.NO_NODE_FITS.advice());
        };
    }
}
