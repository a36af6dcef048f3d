package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import dev.kubesent.consultation.SignatureConfig;
import dev.kubesent.event.Admission;
import dev.kubesent.event.PodEvent;
import dev.kubesent.event.Sighting.Why;
import dev.kubesent.evidence.EvidenceReader;
import dev.kubesent.failure.Failures;
import dev.kubesent.gate.Refused;
import dev.kubesent.gate.bounds.Mute;
import dev.kubesent.incident.Housekeeping;
import dev.kubesent.incident.Incidents;
import dev.kubesent.incident.NamespaceIncidents;
import dev.kubesent.lifecycle.Acting;
import dev.kubesent.lifecycle.Lifecycle;
import dev.kubesent.lifecycle.Stages;
import dev.kubesent.lifecycle.Undoing;
import dev.kubesent.pipeline.RecentFailures.Look;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Reporter;
import dev.kubesent.time.Recent;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One suspicious event, from the look at the live pod to the claimed incidents and the work on them. */
public final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final ClusterReader reader;
    private final Incidents incidents;
    private final EvidenceReader evidence;
    private final Lifecycle lifecycle;
    private final Housekeeping housekeeping;
    private final Reporter reporter;
    private final ClaimedWork claimed;
    private final LostRuns lostRuns;
    private final Optional<RecentFailures> recent;
    private final OptedIn optedIn;
    private final SignatureConfig signatures;
    private final Clock clock;
    private volatile Consumer<Instant> givenUntil = _ -> {};

    /** @param holder the name of this process in leases */
    public Pipeline(Ports ports, Policies policies, Reporter reporter, Work work, Clock clock, String holder) {
        this.reader = ports.reader();
        this.recent = work.isBehindTheAnswer() ? Optional.of(new RecentFailures(clock)) : Optional.empty();
        this.incidents = new Incidents(reader, ports.records(), this::moved, clock, holder);
        this.optedIn = new OptedIn(reader, clock);
        this.signatures = new SignatureConfig(reader, policies.gate().ownNamespace(), clock);
        this.evidence = new EvidenceReader(reader, ports.registry(), policies.reach(), optedIn::recent, clock);
        this.reporter = reporter;
        this.lifecycle = new Assembly(ports, policies, reporter, clock).lifecycle(incidents, evidence, signatures);
        this.housekeeping = new Housekeeping(
                reader, ports.records(), this::moved, ports.archive()::keep, policies.retention(), clock);
        this.claimed = new ClaimedWork(
                work,
                new Left(),
                ConcurrentHashMap.newKeySet(),
                new Recent<>(5_000, clock),
                incidents,
                new NamespaceIncidents(reader, evidence::expectsSeveral, clock),
                lifecycle,
                new Stages(reporter),
                new ParkedReport(reader, reporter),
                this::forget);
        this.lostRuns = new LostRuns(evidence.reader(), incidents, reporter, clock);
        this.clock = clock;
    }

    Reporter reporter() {
        return reporter;
    }

    /** What the users of this cluster have written, as diagnoses use it. */
    public SignatureConfig signatures() {
        return signatures;
    }

    /** Of the same incidents. */
    Housekeeping housekeeping() {
        return housekeeping;
    }

    /** Reports the runs of a namespace that left no pod. @return how many @throws ClusterException where the cluster gives no answer */
    int tellLostRuns(String namespace) {
        return lostRuns.tell(namespace, claimed::take);
    }

    /** What diagnoses are made from. */
    EvidenceReader evidence() {
        return evidence;
    }

    /** @param admission asked for a look only: what another event is looked at for costs this one nothing */
    Handled handle(PodEvent event, Admission admission) {
        return handle(
                event,
                admission,
                () -> reader.get(
                        Pod.class, event.namespace().text(), event.name().text()));
    }

    /** @param live the pod as it is now; asked for in a look only @throws ClusterException where the cluster gives no answer */
    Handled handle(PodEvent event, Admission admission, Supplier<Optional<Pod>> live) {
        var told = ToldPod.of(event, clock.instant());
        if (told.filter(pod -> pod.failures().isEmpty()).isPresent()) {
            return new Handled.Dropped(Why.RECOVERED);
        }
        Supplier<Look> look = () -> admission
                .whyNot(event.namespace(), event.name())
                .map(problem -> Look.at(new Handled.Rejected(problem)))
                .orElseGet(() -> look(event, told, live));
        return recent.isPresent() && told.isPresent()
                ? recent.get().once(told.get().failures(), look)
                : look.get().handled();
    }

    /** What is known of an event's pod without a look; empty where that takes one. */
    Optional<Handled> known(PodEvent event) {
        try {
            return recent.flatMap(known -> ToldPod.of(event, clock.instant()).flatMap(known::of));
        } catch (UnusablePodException | RejectedExecutionException e) {
            return Optional.empty(); // the look says what is wrong with it
        }
    }

    private Look look(PodEvent event, Optional<ToldPod> told, Supplier<Optional<Pod>> read) {
        if (!optedIn.isIn(event.namespace())) {
            return Look.at(new Handled.Dropped(Why.NOT_OPTED_IN));
        }
        var live = read.get().filter(pod -> told.isEmpty() || told.get().isOf(pod));
        if (live.isEmpty()) {
            recent.ifPresent(known -> told.ifPresent(known::rememberGone));
            resumeActs(event.namespace().text());
            return Look.at(new Handled.Dropped(Why.GONE));
        }
        var failures = Failures.news(live.get(), clock.instant());
        if (failures.isEmpty()) {
            recent.ifPresent(known -> told.ifPresent(known::rememberRecovered));
            return Look.at(new Handled.Dropped(Why.RECOVERED));
        }
        var owners = evidence.owners(live.get());
        if (owners.isOrphaned()) {
            recent.ifPresent(known -> told.ifPresent(known::rememberGone)); // the garbage collector has it
            return Look.at(new Handled.Dropped(Why.GONE));
        }
        if (Mute.silences(live.get(), owners, clock.instant())) {
            recent.ifPresent(known -> told.ifPresent(known::rememberMuted));
            return Look.at(new Handled.Dropped(Why.MUTED));
        }
        var opened = new ArrayList<Incident>();
        var keys = new HashSet<FailureKey>();
        for (var failure : failures) {
            var claim = claimed.claim(failure, live.get(), owners);
            if (claim.isEmpty()) {
                return Look.at(new Handled.Dropped(Why.NOT_GRANTED));
            }
            var key = FailureKey.of(failure, live.get(), owners.controller());
            var incident =
                    take(claim.get(), key, lifecycle.first(failure, claim.get().known()));
            var uid = incident.getMetadata().getUid();
            opened.removeIf(other -> other.getMetadata().getUid().equals(uid));
            opened.add(incident);
            keys.add(key);
        }
        return new Look(new Handled.Opened(opened), keys);
    }

    /** A pod may be gone by our own doing, cut short. */
    private void resumeActs(String namespace) {
        if (recent.map(known -> known.asksAfterGone(namespace)).orElse(true)) {
            incidents.acting(namespace, this::goOnWith);
        }
    }

    /** Remembered before the work begins: what the work changes is forgotten again. */
    private Incident take(ClaimedWork.Found found, FailureKey key, UnaryOperator<Incident> healing) {
        var incident = found.claim().incident();
        recent.ifPresent(known -> known.remember(key, incident));
        try {
            return claimed.take(found, healing);
        } catch (RuntimeException | Error e) {
            forget(incident);
            throw e;
        }
    }

    private void moved(Incident incident) {
        switch (incident.progress().phase()) {
            case NoAutomaticFix, Refused, Waiting, Proposed, Acting, Verifying ->
                recent.ifPresent(known -> known.settled(incident));
            case Diagnosed -> {
                if (incident.progress().lease() == null) {
                    forget(incident); // nobody is at it
                }
            }
            case Opened, Healed, Undoing, Failed, Superseded, Closed -> forget(incident);
        }
        reporter.moved(incident);
        Incidents.givenUntil(incident).ifPresent(givenUntil);
    }

    private void forget(Incident incident) {
        var meta = incident.getMetadata();
        recent.ifPresent(known -> known.forget(meta.getNamespace(), meta.getName()));
    }

    /** Has a change that is watched looked at. A fault of the cluster is no news: it is looked at again with the next round. */
    void lookAt(RecentFailures.Ref watched) {
        try {
            var incident = reader.get(Incident.class, watched.namespace(), watched.name());
            if (incident.filter(found -> found.progress().phase().atWork()).isEmpty()) {
                recent.ifPresent(
                        known -> known.forget(watched.namespace(), watched.name())); // another process has ended it
            }
            incident.ifPresent(found -> claimed.goOnNow(found));
        } catch (ClusterException e) {
            LOG.info("{} is looked at later: {}", watched.name(), e.getMessage());
        }
    }

    /** @param told when an incident is judged again: as it is given time, and with each round until then and after */
    void whenGivenTime(Consumer<Instant> told) {
        givenUntil = told;
    }

    /** How long it is until then; less than zero where that is past. */
    Duration until(Instant then) {
        return Duration.between(clock.instant(), then);
    }

    /**
     * Goes on with everything that was cut short. One that cannot be gone on with does not keep the others from it.
     *
     * @param namespace empty for all
     * @return how many have work left, also what somebody else is at
     */
    public int resume(String namespace) {
        var count = new AtomicInteger();
        incidents.unfinished(
                namespace,
                incident -> {
                    count.incrementAndGet();
                    goOnWith(incident);
                },
                givenUntil);
        claimed.left().lookAgain(claimed.work(), this::lookAgain);
        return count.get();
    }

    private void lookAgain(Left.PodRef pod) {
        var _ = handle(new PodEvent("left", pod.namespace(), pod.name(), Optional.empty()), Admission.ofEverything());
    }

    private void goOnWith(Incident incident) {
        claimed.goOnWith(incident);
    }

    /** Whether it is known of a namespace that it opted in. */
    public boolean hasOptedIn(Name namespace) {
        return optedIn.isKnownToBeIn(namespace);
    }

    /** Whether work was left for want of room since this was last asked. */
    boolean hasLeftWork() {
        return claimed.left().wasAny();
    }

    /** A person has said yes or no to an incident. @throws ClusterException where the cluster gives no answer */
    public Handled decided(Name namespace, Name name) {
        recent.ifPresent(known -> known.forget(namespace.text(), name.text()));
        var live = reader.get(Incident.class, namespace.text(), name.text()).filter(Incidents::isDecidedAnew);
        if (live.isEmpty()) {
            return new Handled.Dropped(Why.NOT_APPROVED);
        }
        return new Handled.Opened(List.of(claimed.take(incidents.resume(live.get()), lifecycle::advance)));
    }
}
