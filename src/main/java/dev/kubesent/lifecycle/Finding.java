package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.DiagnosisRecord;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import java.util.List;
import java.util.Locale;

/** A diagnosis, as it is written into an incident. */
public final class Finding {

    private Finding() {}

    static DiagnosisRecord of(Diagnosis diagnosis, List<String> missing, List<String> drillDown) {
        return new DiagnosisRecord(
                diagnosis.cause().name(),
                diagnosis.cause().place().name(),
                anchor(diagnosis.cause()),
                diagnosis.confidence(),
                diagnosis.explanation(),
                diagnosis.rule(),
                diagnosis.action().label(),
                diagnosis.quotes().stream().map(Quote::toString).toList(),
                missing,
                drillDown);
    }

    /** Its chapter of docs/causes.md, as a link finds it. */
    private static String anchor(Cause cause) {
        return "docs/causes.md#" + cause.name().toLowerCase(Locale.ROOT);
    }
}
