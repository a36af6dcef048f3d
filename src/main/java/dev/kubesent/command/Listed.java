package dev.kubesent.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.api.v1alpha1.DiagnosisRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One incident in a list.
 *
 * @param workload as {@code Deployment/web}; the pod's controller where the top is not known yet
 * @param cause empty until it is diagnosed
 * @param opened when, in ISO 8601
 * @param age since then, as kubectl shows it
 * @param asked of a person; empty for nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Listed(
        String namespace,
        String name,
        Phase phase,
        String workload,
        String cause,
        String opened,
        String age,
        String asked) {

    static Listed of(Incident incident, Instant now) {
        var meta = incident.getMetadata();
        var status = incident.progress();
        var opened = Objects.requireNonNullElse(meta.getCreationTimestamp(), "");
        var workload = status.workload().isEmpty()
                ? incident.getSpec().ownerKind() + "/" + incident.getSpec().ownerName()
                : status.workload();
        return new Listed(
                meta.getNamespace(),
                meta.getName(),
                status.phase(),
                workload,
                Optional.ofNullable(status.diagnosis())
                        .map(DiagnosisRecord::cause)
                        .orElse(""),
                opened,
                opened.isEmpty() ? "" : age(Duration.between(Instant.parse(opened), now)),
                Asked.briefly(incident));
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
    }
}
