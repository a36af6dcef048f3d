package dev.kubesent.pipeline;

import dev.kubesent.consultation.Consultation;
import dev.kubesent.consultation.SignatureConfig;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.gate.Gate;
import dev.kubesent.incident.Incidents;
import dev.kubesent.lifecycle.Judge;
import dev.kubesent.lifecycle.Ledger;
import dev.kubesent.lifecycle.Lifecycle;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.report.Reporter;
import dev.kubesent.storm.Storms;
import java.time.Clock;

/** The stages of one process, put together: which port goes where. */
record Assembly(Ports ports, Policies policies, Reporter reporter, Clock clock) {

    Lifecycle lifecycle(Incidents incidents, EvidenceReader evidence, SignatureConfig signatures) {
        var gate = new Gate(ports.reader(), ports.dryRun(), policies.gate(), clock);
        var remedies = new Remedies(ports.reader(), ports.writer(), ports.pause(), clock);
        var ledger = new Ledger(incidents, reporter, clock);
        var judge = new Judge(ledger, evidence, consultation(signatures), gate, remedies, storms(), ports.archive());
        return new Lifecycle(ports.reader(), judge, gate, remedies, policies.survival(), ledger);
    }

    private Consultation consultation(SignatureConfig signatures) {
        return new Consultation(
                ports.doctor(),
                policies.ask(),
                policies.gate(),
                signatures::current,
                Incidents.JUDGED_AGAIN_AFTER,
                clock);
    }

    private Storms storms() {
        return new Storms(ports.reader(), ports.records(), policies.gate(), clock);
    }
}
