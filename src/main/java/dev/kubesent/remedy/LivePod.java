package dev.kubesent.remedy;

import io.fabric8.kubernetes.api.model.Pod;

/** What a pod says of itself. */
final class LivePod {

    private LivePod() {}

    static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Raising only its limit would change its QoS class, which the API server refuses. */
    static boolean isGuaranteed(Pod pod) {
        return "Guaranteed".equals(pod.getStatus().getQosClass());
    }
}
