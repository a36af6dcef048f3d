package dev.kubesent.incident;

import dev.kubesent.failure.FailureKind;

/**
 * What makes an incident this one and no other. Never changes.
 *
 * @param ownerKind kind of the pod's controller, or Pod where it has none
 * @param ownerName its name
 * @param revision of the workload's template: pod-template-hash, controller-revision-hash, or a hash of what runs
 * @param container by name
 * @param failure as Kubernetes spells it
 */
public record IncidentSpec(
        String ownerKind, String ownerName, String revision, String container, FailureKind failure) {}
