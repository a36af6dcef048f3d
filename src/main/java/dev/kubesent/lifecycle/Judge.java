package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.archive.Archive;
import dev.kubesent.change.Plan;
import dev.kubesent.change.Refusal;
import dev.kubesent.consultation.Consultation;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.evidence.EvidenceReader.Beforehand;
import dev.kubesent.evidence.PodOwners;
import dev.kubesent.gate.Approval;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.Refused;
import dev.kubesent.gate.Verdict;
import dev.kubesent.incident.Entry;
import dev.kubesent.incident.Incidents;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.report.Stage;
import dev.kubesent.storm.Storms;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From a failure to the verdict on what could be done about it. */
public record Judge(
        Ledger ledger,
        EvidenceReader evidence,
        Consultation consultation,
        Gate gate,
        Remedies remedies,
        Storms storms,
        Archive archive) {

    /** @param diagnosed writes the diagnosis, with whatever comes of it; doing it twice changes nothing */
    record Judged(Incident incident, Evidence evidence, Verdict verdict, Entry diagnosed) {}

    /** @param before what was read of the pod already */
    Judged judge(Incident claimed, FailingPod seen, Beforehand before) {
        var isNew =
                claimed.progress().acts().isEmpty(); // of a list that is older than our own change nothing is believed
        return judge(claimed, isNew ? evidence(claimed, seen, before) : live(claimed, seen));
    }

    private Judged judge(Incident claimed, Evidence known) {
        var consulted = ledger.in(
                Stage.DIAGNOSIS,
                claimed,
                () -> consultation.diagnose(known, claimed.progress().opinion()));
        // A model's word is written down before anything else is done: it is not to be asked for twice.
        var incident = isNews(consulted, claimed) ? written(claimed, known, consulted) : claimed;
        return judge(incident, known, consulted, approval(incident));
    }

    /** Once more, by nothing that was read before. */
    Judged judge(Incident claimed, FailingPod seen) {
        return judge(claimed, live(claimed, seen));
    }

    /** While a change is watched: by the rules alone, and the diagnosis is written down whatever comes of it. */
    Judged judgeAgain(Incident ours, FailingPod seen) {
        var known = live(ours, seen);
        var consulted = consultation.byRules(known, ours.progress().opinion());
        var incident = written(ours, known, consulted);
        var approval = rejection(ours).orElseGet(Approval.None::new);
        // In full, in a storm as well: what did not help is taken back, and not held up by that.
        return switch (remedies.describe(consulted.diagnosis(), known)) {
            case Plan.Nothing nothing -> verdict(incident, known, consulted, nothing, approval);
            case Plan.Planned _ -> whole(incident, known, consulted, approval);
        };
    }

    private Judged judge(Incident incident, Evidence known, Consultation.Result consulted, Approval approval) {
        return switch (remedies.describe(consulted.diagnosis(), known)) {
            case Plan.Nothing nothing -> verdict(incident, known, consulted, nothing, approval);
            case Plan.Planned planned ->
                storm(known, approval)
                        .map(refusal -> judged(incident, known, consulted, new Refused(List.of(refusal), planned)))
                        .orElseGet(() -> whole(incident, known, consulted, approval));
        };
    }

    /** What is said without asking anything else: what a person has approved or rejected is judged in full. */
    private Optional<Refusal> storm(Evidence known, Approval approval) {
        return switch (approval) {
            case Approval.None _ -> storms.blowing(known.workload().namespace());
            case Approval.Of _, Approval.Rejected _ -> Optional.empty();
        };
    }

    private Judged whole(Incident incident, Evidence known, Consultation.Result consulted, Approval approval) {
        var whole = evidence.forChange(known, incident);
        var plan = remedies.describe(consulted.diagnosis(), whole);
        // Other workloads' judges count it as failing then, as this one counts theirs.
        var counted = incident.progress().workload().isEmpty() ? written(incident, whole, consulted) : incident;
        return verdict(counted, whole, consulted, plan, approval);
    }

    private Judged verdict(
            Incident incident, Evidence known, Consultation.Result consulted, Plan plan, Approval approval) {
        return judged(
                incident,
                known,
                consulted,
                ledger.in(Stage.GATE, incident, () -> gate.judge(known, consulted.diagnosis(), plan, approval)));
    }

    private Judged judged(Incident incident, Evidence known, Consultation.Result consulted, Verdict verdict) {
        return new Judged(incident, known, verdict, ledger.story().diagnosed(known, consulted));
    }

    private Incident written(Incident incident, Evidence known, Consultation.Result consulted) {
        return ledger.record(incident, ledger.story().diagnosed(known, consulted));
    }

    PodOwners owners(Pod pod) {
        return evidence.owners(pod);
    }

    /** Whether nothing but a storm says no, of which people were told a moment ago. */
    boolean isToldWithItsStorm(Refused refused, Incident incident) {
        return storms.isTold(refused, incident.getMetadata().getNamespace());
    }

    /** Writes a storm down that was the reason for it. @param incident of the workload */
    void note(Refused refused, Incident incident) {
        storms.note(refused, incident.getMetadata().getNamespace());
    }

    private Evidence evidence(Incident claimed, FailingPod seen, Beforehand before) {
        return kept(claimed, () -> evidence.read(seen.failure(), seen.pod(), claimed, before));
    }

    private Evidence live(Incident claimed, FailingPod seen) {
        return kept(claimed, () -> evidence.live(seen.failure(), seen.pod(), claimed));
    }

    private Evidence kept(Incident claimed, Supplier<Evidence> read) {
        return ledger.in(Stage.EVIDENCE, claimed, () -> {
            var known = read.get();
            archive.keep(claimed, known);
            return known;
        });
    }

    private static boolean isNews(Consultation.Result consulted, Incident incident) {
        return consulted
                .opinion()
                .filter(said -> !said.equals(incident.progress().opinion()))
                .isPresent();
    }

    private static Approval approval(Incident claimed) {
        return rejection(claimed)
                .or(() -> Incidents.approval(claimed)
                        .map(said -> new Approval.Of(said.told(), said.people().size(), said.fingerprint())))
                .orElseGet(Approval.None::new);
    }

    private static Optional<Approval> rejection(Incident claimed) {
        return Incidents.rejection(claimed).map(Approval.Rejected::new);
    }
}
