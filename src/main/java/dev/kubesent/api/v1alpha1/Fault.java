package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How which container of a workload fails, whatever the pod.
 *
 * @param kind the kind of failure, as Kubernetes spells it
 * @param container its name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Fault(FailureKind kind, String container) {

    public static Fault ofMemory(String container) {
        return new Fault(FailureKind.OOMKilled, container);
    }
}
