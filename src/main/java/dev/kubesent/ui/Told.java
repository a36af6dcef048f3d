package dev.kubesent.ui;

import dev.kubesent.api.v1alpha1.ActRecord;
import dev.kubesent.api.v1alpha1.DiagnosisRecord;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.OpinionRecord;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.incident.Incidents;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One incident as a story. All text is shown as {@link Shown} has it.
 *
 * @param row what the list has of it
 * @param pod that it was last seen in; empty where there was none
 * @param why the cause in a sentence
 * @param page the chapter of the documentation about the cause
 * @param evidence what the diagnosis rests on
 * @param missing what could not be read
 * @param commands for a person who looks further
 * @param model what a language model said; empty where none was asked
 * @param decision of the gate
 * @param reasons why not
 * @param change as a diff
 * @param patch as YAML, for Git
 * @param fingerprint of the change, which a yes is for
 * @param mayApprove whether a yes can be said
 * @param mayReject whether a no would change anything
 * @param approval who said yes, and what became of it; empty where nobody did
 * @param memory each raise of a memory limit, oldest first
 * @param acts each other change
 * @param outcome of the last change
 * @param moments its timeline
 * @param story sentence by sentence
 */
record Told(
        Row row,
        String pod,
        String why,
        String page,
        List<String> evidence,
        List<String> missing,
        List<String> commands,
        String model,
        String decision,
        List<String> reasons,
        String change,
        String patch,
        String fingerprint,
        boolean mayApprove,
        boolean mayReject,
        String approval,
        List<Raise> memory,
        List<String> acts,
        String outcome,
        List<Moment> moments,
        List<String> story) {

    static Told of(Incident incident) {
        var status = incident.progress();
        var diagnosis = Optional.ofNullable(status.diagnosis());
        var verdict = Optional.ofNullable(status.verdict());
        return new Told(
                Row.of(incident),
                Shown.line(incident.pod().orElse("")),
                Shown.line(diagnosis.map(DiagnosisRecord::explanation).orElse("")),
                Shown.line(diagnosis.map(DiagnosisRecord::page).orElse("")),
                Shown.lines(diagnosis.map(DiagnosisRecord::evidence).orElse(List.of())),
                Shown.lines(diagnosis.map(DiagnosisRecord::missing).orElse(List.of())),
                Shown.lines(diagnosis.map(DiagnosisRecord::drillDown).orElse(List.of())),
                model(status.opinion()),
                Shown.line(verdict.map(VerdictRecord::decision).orElse("")),
                Shown.lines(verdict.map(VerdictRecord::reasons).orElse(List.of())),
                Shown.block(verdict.map(VerdictRecord::change).orElse("")),
                Shown.block(verdict.map(VerdictRecord::patch).orElse("")),
                Yes.fingerprint(incident),
                Yes.canBeSaid(incident),
                No.canBeSaid(incident),
                approval(incident),
                status.acts().stream().flatMap(act -> Raise.of(act).stream()).toList(),
                acts(status),
                Shown.line(status.outcome() == null ? "" : status.outcome().detail()),
                Moments.of(status),
                Shown.lines(status.story()));
    }

    private static String model(@Nullable OpinionRecord opinion) {
        return opinion == null || opinion.source().isEmpty()
                ? ""
                : Shown.line("%s: %s (%s)".formatted(opinion.source(), opinion.rootCause(), opinion.note()));
    }

    private static List<String> acts(IncidentStatus status) {
        return Shown.lines(status.acts().stream()
                .filter(act -> Raise.of(act).isEmpty())
                .map(Told::act)
                .toList());
    }

    private static String act(ActRecord act) {
        return "%s: %s to %s%s".formatted(act.deed(), act.from(), act.to(), act.undone() == null ? "" : ", taken back");
    }

    /** The person's name is in the API server's audit log; the incident has the tool. */
    private static String approval(Incident incident) {
        var read = incident.progress().approval();
        if (Incidents.isApprovedAnew(incident) || (read == null && Yes.isSaid(incident))) {
            return "Somebody approved it. KubeSent has not looked at it yet.";
        }
        return read == null
                ? ""
                : Shown.line("Somebody approved it with %s at %s.%s"
                        .formatted(read.by(), read.at(), read.used() ? " KubeSent has acted on it." : ""));
    }
}
