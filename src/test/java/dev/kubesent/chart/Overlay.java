package dev.kubesent.chart;

import java.util.List;

/** Each overlay of knative/, and how the chart says the same: by which values, or why it does not. */
enum Overlay {
    APPROVER_NAMES(Helm.API_VERSIONS, "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy"),
    ARCHIVE("it needs a volume for ReadWriteMany, a CronJob and flags of Serving, which differ in each cluster"),
    BROKER("you have to write a dead-letter sink of your own in place of its sample"),
    CLUSTER_WIDE("--set", "clusterWide=true"),
    LAMBDA("the function is not in the cluster"),
    NAMESPACES("--set", "namespaces={demo}"),
    NO_MODEL("--set", "model.enabled=false"),
    OIDC("--set", "oidc.enabled=true"),
    PLAIN("--set", "shape=watch"),
    READ_EVERYWHERE("--set", "readEverywhere=true"),
    REGISTRY("--set", "settings.KUBESENT_REGISTRY_LOOKUP=docker.io\\,ghcr.io\\,quay.io\\,registry.k8s.io"),
    SINK("--set", "sink.broker=true"),
    SOURCE_BOUND("--set", "namespaces={demo},sourceBound=true"),
    SUGGEST("--set", "mode=suggest");

    private final String whyNot;
    private final List<String> values;

    Overlay(String whyNot) {
        this.whyNot = whyNot;
        this.values = List.of();
    }

    Overlay(String flag, String values) {
        this.whyNot = "";
        this.values = List.of(flag, values);
    }

    boolean isInChart() {
        return whyNot.isEmpty();
    }

    String whyNot() {
        return whyNot;
    }

    /** Arguments of {@code helm template}. */
    List<String> arguments() {
        return values;
    }

    String folder() {
        return "knative/overlays/" + folderName();
    }

    String folderName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    Manifests manifests() throws Exception {
        return Manifests.of(folder());
    }
}
