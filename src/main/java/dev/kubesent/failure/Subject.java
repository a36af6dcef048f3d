package dev.kubesent.failure;

/** Which container of which pod. @param uid of the pod @param restarts of the container, as the kubelet counts them */
public record Subject(String namespace, String pod, String uid, String container, Role role, int restarts) {

    public enum Role {
        CONTAINER,
        INIT_CONTAINER,
        /** An init container with restartPolicy Always (KEP-753). */
        SIDECAR
    }
}
