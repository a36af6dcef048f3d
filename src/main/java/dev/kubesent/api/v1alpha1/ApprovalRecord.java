package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The approval of a person, as it was read from the incident.
 *
 * @param by the field manager that set {@code spec.approved}: a tool
 * @param people who approved this change: none if the API server names nobody, two if a second person approved it as well
 * @param at when it was set
 * @param generation the generation of the incident's spec at that time: KubeSent reads the same approval once
 * @param fingerprint the fingerprint of the change that was proposed at that time, or that the approval names: it is for this change only
 * @param used whether KubeSent has acted on it; then it does not count any more
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApprovalRecord(
        String by,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Approver> people,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        long generation,
        String fingerprint,
        boolean used) {

    public ApprovalRecord {
        people = people == null ? List.of() : List.copyOf(people); // of an older version, which knew tools only
        fingerprint = Objects.requireNonNullElse(fingerprint, ""); // of an older version, which compared the text
    }

    /** Whatever else of the spec was touched since, which moves the generation as well. */
    public boolean isTheSameWordAs(ApprovalRecord before) {
        return at.equals(before.at)
                && by.equals(before.by)
                && people.equals(before.people)
                && fingerprint.equals(before.fingerprint);
    }

    ApprovalRecord spent() {
        return new ApprovalRecord(by, people, at, generation, fingerprint, true);
    }

    /** Who it was, as well as it is known: "by ada (sre)", "through kubectl-patch". */
    @JsonIgnore
    public String told() {
        return people.isEmpty()
                ? "through " + by
                : "by " + people.stream().map(Approver::told).collect(Collectors.joining(" and "));
    }
}
