package dev.kubesent.pipeline;

import dev.kubesent.gate.GatePolicy;
import dev.kubesent.remedy.SurvivalPolicy;
import java.time.Duration;

/**
 * What the user has set.
 *
 * @param retention how long a finished incident is kept after it was last written to
 * @param ask when a doctor is asked
 */
public record Policies(GatePolicy gate, SurvivalPolicy survival, Duration retention, Consultation.Ask ask) {}
