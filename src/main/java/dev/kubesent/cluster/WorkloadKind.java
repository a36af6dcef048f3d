package dev.kubesent.cluster;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of Kubernetes itself, and of Knative Serving, that run pods. A controller of any other kind is not ours to judge. */
public enum WorkloadKind {
    POD("v1", "Pod", "pods"),
    DEPLOYMENT("apps/v1", "Deployment", "deployments"),
    STATEFUL_SET("apps/v1", "StatefulSet", "statefulsets"),
    DAEMON_SET("apps/v1", "DaemonSet", "daemonsets"),
    REPLICA_SET("apps/v1", "ReplicaSet", "replicasets"),
    REPLICATION_CONTROLLER("v1", "ReplicationController", "replicationcontrollers"),
    JOB("batch/v1", "Job", "jobs"),
    CRON_JOB("batch/v1", "CronJob", "cronjobs"),
    /** Makes a Deployment of its own, and is never changed. */
    KNATIVE_REVISION("serving.knative.dev/v1", "Revision", "revisions"),
    KNATIVE_CONFIGURATION("serving.knative.dev/v1", "Configuration", "configurations"),
    KNATIVE_SERVICE("serving.knative.dev/v1", "Service", "services");

    private final String apiVersion;
    private final String kind;
    private final String plural;

    WorkloadKind(String apiVersion, String kind, String plural) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.plural = plural;
    }

    /** Empty for every kind that is not one of these. */
    public static Optional<WorkloadKind> of(ObjectRef ref) {
        return Arrays.stream(values())
                .filter(k -> k.apiVersion.equals(ref.apiVersion()) && k.kind.equals(ref.kind()))
                .findFirst();
    }

    /** Of what controls a pod itself. Empty for every kind that is not one of these; so for Knative's, whose names others have too. */
    public static Optional<WorkloadKind> ofName(String kind) {
        return Arrays.stream(values())
                .filter(k -> k.kind.equals(kind) && !k.isOfKnative())
                .findFirst();
    }

    public boolean isOfKnative() {
        return switch (this) {
            case KNATIVE_REVISION, KNATIVE_CONFIGURATION, KNATIVE_SERVICE -> true;
            case POD, DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, REPLICATION_CONTROLLER, JOB, CRON_JOB -> false;
        };
    }

    /** Where the template of its pods is, as a JSON Pointer. A CronJob's is within the template of its Jobs. */
    public String podTemplate() {
        return this == CRON_JOB ? "/spec/jobTemplate/spec/template" : "/spec/template";
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }

    /** The resource name in a REST path. */
    public String plural() {
        return plural;
    }
}
