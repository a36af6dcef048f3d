package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.PodEvent;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Sighting.Why;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.Gate;
import dev.kubesent.gate.GatePolicy;
import dev.kubesent.incident.Claim;
import dev.kubesent.incident.Incident;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.LeaseLostException;
import dev.kubesent.remedy.Remedies;
import dev.kubesent.report.Reporter;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One suspicious event, from the look at the live pod to the claimed incidents and the work on them. */
public final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final ClusterReader reader;
    private final Incidents incidents;
    private final Healer healer;
    private final Work work;
    private final Clock clock;

    /** @param holder the name of this process in leases; no other may use the same */
    public Pipeline(Ports ports, GatePolicy policy, Reporter reporter, Work work, Clock clock, String holder) {
        this.reader = ports.reader();
        this.incidents = new Incidents(reader, ports.records(), clock, holder);
        this.healer = new Healer(
                reader,
                incidents,
                new EvidenceReader(reader, clock),
                new Gate(reader, ports.dryRun(), policy, clock),
                new Remedies(reader, ports.writer(), ports.pause()),
                reporter,
                clock);
        this.work = work;
        this.clock = clock;
    }

    /** @throws ClusterException where the cluster gives no answer */
    public Handled handle(PodEvent event) {
        Optional<Pod> told;
        try {
            told = pod(event);
        } catch (IOException e) {
            return new Handled.Rejected(
                    new Problem(Problem.Kind.MALFORMED_JSON, "the event's data is not a pod: " + firstLine(e)));
        }
        if (told.isPresent() && Failures.of(told.get(), clock.instant()).isEmpty()) {
            return new Handled.Dropped(Why.RECOVERED);
        }
        var live = reader.get(Pod.class, event.namespace(), event.name()).filter(pod -> isSame(pod, told));
        try {
            return handle(told, live);
        } catch (ClusterException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
            LOG.info(
                    "no right to write Incidents in {}: bind the ClusterRole kubesent-healer there (knative/README.md)",
                    event.namespace());
            return new Handled.Dropped(Why.NOT_GRANTED);
        }
    }

    private Handled handle(Optional<Pod> told, Optional<Pod> live) {
        var opened = new LinkedHashMap<String, Incident>();
        live.ifPresent(pod -> {
            for (var failure : Failures.of(pod, clock.instant())) {
                opened.put(Incidents.nameOf(failure, pod), take(incidents.claim(failure, pod), failure, pod));
            }
        });
        // What the event told may be cut short, and our own doing: a pod that is gone, or looks different by now.
        told.ifPresent(pod -> {
            for (var failure : Failures.of(pod, clock.instant())) {
                if (!opened.containsKey(Incidents.nameOf(failure, pod))) {
                    incidents
                            .resume(failure, pod)
                            .ifPresent(claim -> opened.put(Incidents.nameOf(failure, pod), take(claim, failure, pod)));
                }
            }
        });
        if (opened.isEmpty()) {
            return new Handled.Dropped(live.isPresent() ? Why.RECOVERED : Why.GONE);
        }
        return new Handled.Opened(List.copyOf(opened.values()));
    }

    private static boolean isSame(Pod live, Optional<Pod> told) {
        return told.isEmpty()
                || live.getMetadata().getUid().equals(told.get().getMetadata().getUid());
    }

    private Incident take(Claim claim, Failure failure, Pod pod) {
        return switch (claim) {
            case Claim.Ours(var incident) -> {
                try {
                    yield work.run(() -> heal(incident, failure, pod), incident);
                } catch (RejectedExecutionException e) {
                    incidents.release(incident);
                    throw e;
                }
            }
            case Claim.Held(var incident) -> incident;
            case Claim.Settled(var incident) -> incident;
        };
    }

    private Incident heal(Incident claimed, Failure failure, Pod pod) {
        try {
            return healer.heal(claimed, failure, pod);
        } catch (LeaseLostException e) {
            LOG.info("{}; stopping", e.getMessage());
            return claimed;
        } catch (ClusterException e) {
            letGo(claimed);
            throw e;
        }
    }

    /** So that the next event can go on at once; where this fails too, the lease runs out by itself. */
    private void letGo(Incident claimed) {
        try {
            incidents.release(claimed);
        } catch (ClusterException | LeaseLostException e) {
            LOG.info(
                    "the lease of {} is left to run out: {}",
                    claimed.getMetadata().getName(),
                    e.getMessage());
        }
    }

    private static Optional<Pod> pod(PodEvent event) throws IOException {
        return event.body().isEmpty()
                ? Optional.empty()
                : Optional.of(KubernetesJson.parseJson(event.body().get(), Pod.class));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
