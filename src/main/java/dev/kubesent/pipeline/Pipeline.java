package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.PodEvent;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
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
                new Remedies(reader, ports.writer(), ports.pause(), clock),
                reporter,
                clock);
        this.work = work;
        this.clock = clock;
    }

    /** @throws ClusterException where the cluster gives no answer */
    public Handled handle(PodEvent event) {
        var told = event.body().map(this::pod);
        if (told.filter(this::hasRecovered).isPresent()) {
            return new Handled.Dropped(Why.RECOVERED);
        }
        var live = reader.get(Pod.class, event.namespace(), event.name()).filter(pod -> isSame(pod, told));
        if (live.isEmpty()) {
            // It may be gone by our own doing, cut short.
            var _ = resume(event.namespace());
            return new Handled.Dropped(Why.GONE);
        }
        var failures = Failures.of(live.get(), clock.instant());
        if (failures.isEmpty()) {
            return new Handled.Dropped(Why.RECOVERED);
        }
        var opened = new ArrayList<Incident>();
        for (var failure : failures) {
            var claim = claim(failure, live.get());
            if (claim.isEmpty()) {
                return new Handled.Dropped(Why.NOT_GRANTED);
            }
            opened.add(take(claim.get(), ours -> healer.heal(ours, failure, live.get())));
        }
        return new Handled.Opened(opened);
    }

    /**
     * Goes on with everything that was cut short. One that cannot be gone on with does not keep the others from it.
     *
     * @param namespace empty for all
     * @return all that has work left, also what somebody else is at
     */
    public List<Incident> resume(String namespace) {
        var unfinished = incidents.unfinished(namespace);
        for (var incident : unfinished) {
            try {
                var _ = take(incidents.resume(incident), this::goOn);
            } catch (ClusterException e) {
                LOG.info("{} is taken up later: {}", incident.getMetadata().getName(), e.getMessage());
            }
        }
        return unfinished;
    }

    /** An act that has begun is finished whatever the pod looks like; else the pod as it is now is judged. */
    private Incident goOn(Incident ours) {
        var status = ours.progress();
        var seen = status.seen();
        if (status.intent() != null || seen == null) {
            return healer.resume(ours);
        }
        return reader.get(Pod.class, ours.getMetadata().getNamespace(), seen.pod()).stream()
                .flatMap(pod -> Failures.of(pod, clock.instant()).stream()
                        .filter(failure -> Incidents.nameOf(failure, pod)
                                .equals(ours.getMetadata().getName()))
                        .map(failure -> healer.heal(ours, failure, pod)))
                .findFirst()
                .orElseGet(() -> healer.close(ours));
    }

    /** @throws UnusablePodException where the event's data is JSON, and no pod */
    private Pod pod(byte[] told) {
        try {
            return KubernetesJson.parseJson(told, Pod.class);
        } catch (IOException e) {
            throw new UnusablePodException(firstLine(e), e);
        }
    }

    private boolean hasRecovered(Pod told) {
        try {
            return Failures.of(told, clock.instant()).isEmpty();
        } catch (RuntimeException e) {
            // What the API server would never send: a container without a name, a time that is none.
            throw new UnusablePodException(firstLine(e), e);
        }
    }

    private static boolean isSame(Pod live, Optional<Pod> told) {
        return told.isEmpty()
                || live.getMetadata().getUid().equals(told.get().getMetadata().getUid());
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Empty where we have no right to write Incidents. */
    private Optional<Claim> claim(Failure failure, Pod live) {
        try {
            return Optional.of(incidents.claim(failure, live));
        } catch (ClusterException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
            LOG.info(
                    "no right to write Incidents in {}: bind the ClusterRole kubesent-healer there (knative/README.md)",
                    live.getMetadata().getNamespace());
            return Optional.empty();
        }
    }

    private Incident take(Claim claim, UnaryOperator<Incident> healing) {
        return switch (claim) {
            case Claim.Ours(var incident) -> {
                try {
                    yield work.run(() -> heal(incident, healing), incident);
                } catch (RejectedExecutionException e) {
                    letGo(incident);
                    throw e;
                }
            }
            case Claim.Held(var incident) -> incident;
            case Claim.Settled(var incident) -> incident;
        };
    }

    private Incident heal(Incident claimed, UnaryOperator<Incident> healing) {
        try {
            return healing.apply(claimed);
        } catch (LeaseLostException e) {
            LOG.info("{}; stopping", e.getMessage());
            return claimed;
        } catch (ClusterException e) {
            letGo(claimed);
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "a defect of KubeSent, at incident {}",
                    claimed.getMetadata().getName(),
                    e);
            return healer.defect(claimed, e);
        }
    }

    /** So that the next event can go on at once; where this fails too, the lease runs out by itself. */
    private void letGo(Incident claimed) {
        try {
            var _ = incidents.release(claimed);
        } catch (ClusterException | LeaseLostException e) {
            LOG.info(
                    "the lease of {} is left to run out: {}",
                    claimed.getMetadata().getName(),
                    e.getMessage());
        }
    }
}
