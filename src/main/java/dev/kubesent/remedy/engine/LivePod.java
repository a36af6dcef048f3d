package dev.kubesent.remedy.engine;

import io.fabric8.kubernetes.api.model.Pod;

/** What a pod says of itself. */
public final class LivePod {

    private LivePod() {}

    public static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Raising only its limit would change its QoS class, which the API server refuses. */
    public static boolean isGuaranteed(Pod pod) {
        return "Guaranteed".equals(pod.getStatus().getQosClass());
    }
}
