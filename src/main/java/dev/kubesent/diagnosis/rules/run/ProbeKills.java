package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kubelet's own word that it killed a container for its probe: the event Killing, which is of type Normal. It counts also where it was
 * last seen before the run at hand began: of one pod the kubelet tells 25 events and then one in 5 minutes (client-go, EventSourceObjectSpamFilter),
 * and a failing probe uses these up. On a real node, after 5 minutes, the last Killing was several kills old.
 */
public final class ProbeKills {

    private static final Pattern KILLED = Pattern.compile("failed (liveness|startup) probe");
    private static final Pattern LIVENESS_FAILED = Pattern.compile("^Liveness probe (failed|errored)");
    private static final Pattern STARTUP_FAILED = Pattern.compile("^Startup probe (failed|errored)");

    private ProbeKills() {}

    /** Empty where the container was not killed for a probe, or the events could not be read. */
    public static List<Quote> of(Evidence evidence) {
        var name = evidence.failure().subject().container();
        return evidence.events().present().orElse(List.of()).stream()
                .filter(e -> e.reason().equals("Killing") && e.mayConcern(name))
                .filter(e -> e.message().contains(name)
                        && KILLED.matcher(e.message()).find())
                .map(e -> new Quote(Source.EVENTS, e.reason() + ": " + e.message()))
                .limit(1)
                .toList();
    }

    /** Why that probe failed, as the kubelet saw it: each ordinary start has failures of the other one. */
    public static List<Quote> failures(Evidence evidence) {
        var name = evidence.failure().subject().container();
        var startup = of(evidence).stream().anyMatch(kill -> kill.text().contains("startup probe"));
        var failed = startup ? STARTUP_FAILED : LIVENESS_FAILED;
        return evidence.events().present().orElse(List.of()).stream()
                .filter(e -> e.reason().equals("Unhealthy") && e.mayConcern(name))
                .filter(e -> failed.matcher(e.message()).find())
                .map(e -> new Quote(Source.EVENTS, e.reason() + ": " + e.message()))
                .limit(1)
                .toList();
    }
}
