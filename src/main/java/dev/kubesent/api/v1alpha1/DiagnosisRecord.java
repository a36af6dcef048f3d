package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.kubesent.redaction.Legible;
import java.util.List;
import java.util.Objects;

/**
 * What was found, as it stands in an incident. Whatever others wrote of it is shown with its control characters escaped.
 *
 * @param cause why the container fails, a constant of {@code Cause}
 * @param place where to fix it, a constant of {@code Place}; empty in an incident of an older version
 * @param page what the cause means and what a person should do: a chapter of KubeSent's documentation; empty in an incident of an older version
 * @param confidence how sure it is, from 0 to 100
 * @param explanation the cause in a sentence, with what is special here
 * @param evidence the lines that it is based on, each with its source
 * @param missing what could not be read, and why
 * @param rule what found it: a rule, a signature, or a model
 * @param action what would cure it; None if a person has to do it
 * @param drillDown for a pod of a Job: the commands with which a person looks for the cause, and what each shows
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DiagnosisRecord(
        String cause,
        String place,
        String page,
        int confidence,
        String explanation,
        String rule,
        String action,
        List<String> evidence,
        List<String> missing,
        List<String> drillDown) {

    public DiagnosisRecord {
        place = Objects.requireNonNullElse(place, "");
        page = Objects.requireNonNullElse(page, "");
        explanation = Legible.line(Objects.requireNonNullElse(explanation, ""));
        action = Legible.line(Objects.requireNonNullElse(action, ""));
        evidence = Legible.lines(evidence);
        missing = Legible.lines(missing);
        drillDown = Legible.lines(drillDown);
    }

    /** Whether it is nothing of the workload's own that is to be mended. */
    public boolean liesOutside() {
        return Place.of(place).filter(Place::isOutside).isPresent();
    }
}
