package dev.kubesent.pipeline;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.incident.DiagnosisRecord;
import java.util.List;
import java.util.Locale;

/** A diagnosis, as it is written into an incident. */
final class Finding {

    private Finding() {}

    static DiagnosisRecord of(Diagnosis diagnosis, List<String> missing, List<String> drillDown) {
        return new DiagnosisRecord(
                diagnosis.cause().name(),
                diagnosis.cause().place().name(),
                anchor(diagnosis.cause()),
                diagnosis.confidence(),
                diagnosis.explanation(),
                diagnosis.rule(),
                switch (diagnosis.action()) {
                    case Action.None(var advice) -> "None: " + advice;
                    case Action.RaiseMemory _ -> "RaiseMemory";
                    case Action.RollBack _ -> "RollBack";
                    case Action.CorrectImage(var image) -> "CorrectImage: " + image;
                    case Action.AllowStart(var allow) -> "AllowStart: " + allow.toSeconds() + " s";
                    case Action.AskThePort _ -> "AskThePort";
                    case Action.Restart _ -> "Restart";
                    case Action.SetField(var suggestion) ->
                        "SetField: " + suggestion.field().key();
                },
                diagnosis.quotes().stream().map(Quote::toString).toList(),
                missing,
                drillDown);
    }

    /** Its chapter of docs/causes.md, as a link finds it. */
    private static String anchor(Cause cause) {
        return "docs/causes.md#" + cause.name().toLowerCase(Locale.ROOT);
    }
}
