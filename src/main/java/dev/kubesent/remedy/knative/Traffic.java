package dev.kubesent.remedy.knative;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.change.TrafficPin;
import dev.kubesent.cluster.KubernetesJson;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.TrafficTarget;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** That of a live Knative Service: what is asked for, and what its Route has made of it. */
public record Traffic(GenericKubernetesResource live) {

    public JsonNode json() {
        return KubernetesJson.tree(live).at(TrafficPin.PATH);
    }

    /** Whether all of it is asked to. @param revision empty for whichever is the latest */
    public boolean goesTo(String revision) {
        var targets = service().getSpec().getTraffic();
        return targets.size() == 1 && goesTo(targets.getFirst(), revision);
    }

    private static boolean goesTo(TrafficTarget target, String revision) {
        return revision.isEmpty()
                ? Boolean.TRUE.equals(target.getLatestRevision())
                : revision.equals(target.getRevisionName());
    }

    public boolean isServedBy(String revision) {
        return Optional.ofNullable(service().getStatus()).stream()
                .flatMap(status -> status.getTraffic().stream())
                .anyMatch(target -> revision.equals(target.getRevisionName()));
    }

    private Service service() {
        return KubernetesJson.as(KubernetesJson.tree(live), Service.class);
    }
}
