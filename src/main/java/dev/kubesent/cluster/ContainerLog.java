package dev.kubesent.cluster;

/** Which log to read: the last lines of one run of one container. */
public record ContainerLog(String namespace, String pod, String container, Run run, int lines) {

    public enum Run {
        CURRENT,
        /** The run before the current one: while a container waits to be restarted, that is the one that failed. */
        PREVIOUS
    }
}
