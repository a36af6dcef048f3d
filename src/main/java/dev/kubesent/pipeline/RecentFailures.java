package dev.kubesent.pipeline;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.event.Sighting.Why;
import dev.kubesent.time.Recent;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What this process has just found out about failures. Ten thousand pods of one broken rollout tell the same failure; the first is looked at, and
 * the others cost no read. It only ever saves a look: nothing is decided from it, and a pod's own word cannot get into it.
 *
 * <p>It forgets an incident as soon as this process ends or takes back what it did, or lets go of it, or a person touches it. What another process does is seen
 * after {@link #LASTING} at the latest.
 */
final class RecentFailures {

    /** Seen failing again is counted once a minute (incident.Settling), so that nothing is lost: of a thousand workloads each repeat is four reads less. */
    static final Duration LASTING = Duration.ofMinutes(1);

    /** While a change is watched: how often the pods are looked at, whatever number of events they send. */
    static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(5);

    /** Failures that are remembered. One takes about 500 bytes. */
    private static final int MOST = 5_000;

    /** Characters of a uid or a version: an event may tell anything. */
    private static final int LONGEST = 128;

    /** A look is some reads of the API server, each of which has its own time-out. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(15);

    private static final Handled TAKES_LONG =
            new Handled.TryAgain("another event of the same failure is being looked at, and that takes long");

    /**
     * A look at a live pod.
     *
     * @param failures that the live pod has, by what is proven of it; what its event told may be another's
     */
    record Look(Handled handled, Set<FailureKey> failures) {
        static Look at(Handled handled) {
            return new Look(handled, Set.of());
        }
    }

    /** An incident by name. @param watched whether a change is being watched, which its own failures may say something about */
    record Ref(String namespace, String name, boolean watched) {
        /** @param failure that is told of */
        static Ref of(FailureKey failure, Incident incident) {
            return new Ref(
                    incident.getMetadata().getNamespace(),
                    incident.getMetadata().getName(),
                    incident.progress().phase().atWork() && !isOfPodsOnTheirWayOut(failure, incident));
        }

        /** A Deployment whose template was changed makes other pods, of another ReplicaSet: what those tell is of the change. */
        private static boolean isOfPodsOnTheirWayOut(FailureKey failure, Incident incident) {
            var standing = incident.progress().standing();
            return failure.revision().equals(incident.getSpec().revision())
                    && !standing.isEmpty()
                    && !standing.getLast().template().isEmpty()
                    && incident.progress().workload().startsWith(WorkloadKind.DEPLOYMENT.kind() + "/");
        }

        private boolean is(String otherNamespace, String otherName) {
            return name.equals(otherName) && namespace.equals(otherNamespace);
        }
    }

    /**
     * What an event tells that is over. What was looked at is part of it: a uid alone may be told by whoever may create a pod, of a pod that is not
     * his and has another name.
     *
     * @param version empty where it is over for every version
     */
    private record Over(String namespace, String name, String uid, Optional<String> version) {
        static Over gone(ToldPod pod) {
            return new Over(pod.namespace(), pod.name(), pod.uid(), Optional.empty());
        }

        static Over recovered(ToldPod pod) {
            return new Over(pod.namespace(), pod.name(), pod.uid(), Optional.of(pod.version()));
        }
    }

    private final Recent<FailureKey, Ref> known;
    private final Recent<String, Boolean> asked;
    private final Recent<Over, Why> over;
    private final ConcurrentHashMap<Set<FailureKey>, CompletableFuture<Look>> looks = new ConcurrentHashMap<>();

    RecentFailures(Clock clock) {
        this.known = new Recent<>(MOST, clock);
        this.asked = new Recent<>(MOST, clock);
        this.over = new Recent<>(MOST, clock);
    }

    /** What a live pod's failure came to. */
    void remember(FailureKey failure, Incident incident) {
        known.put(failure, Ref.of(failure, incident), LASTING);
    }

    /** Whether it is time to ask what an act of ours may have left in this namespace, where an event's pod is gone. */
    boolean asksAfterGone(String namespace) {
        if (asked.get(namespace).isPresent()) {
            return false;
        }
        asked.put(namespace, true, LOOKED_AT_EVERY);
        return true;
    }

    /** It has changed: the next event is looked at. */
    void forget(String namespace, String incident) {
        known.forget(ref -> ref.is(namespace, incident));
    }

    /** It has been refused, proposed or acted upon just now: there is nothing to look at for a while, and that is known as well. */
    void settled(Incident incident) {
        var meta = incident.getMetadata();
        known.replace(
                ref -> ref.is(meta.getNamespace(), meta.getName()), failure -> Ref.of(failure, incident), LASTING);
    }

    /**
     * Looks at the failures that an event tells, unless all of them are known, or being looked at by another thread.
     *
     * @throws RuntimeException what the look threw, for everybody who waited for it
     */
    Handled once(Set<FailureKey> told, Supplier<Look> look) {
        var refs = known(told);
        if (refs.isPresent()) {
            return new Handled.Known(refs.get());
        }
        var own = new CompletableFuture<Look>();
        var others = looks.putIfAbsent(told, own);
        return others == null ? lead(told, own, look) : follow(told, others, look);
    }

    private Handled lead(Set<FailureKey> told, CompletableFuture<Look> own, Supplier<Look> look) {
        try {
            var made = look.get();
            own.complete(made);
            return made.handled();
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            looks.remove(told, own);
        }
    }

    /** It is an answer to this event only where the live pod really showed all that this event tells: who sent the other may have lied. */
    private static Handled follow(Set<FailureKey> told, CompletableFuture<Look> others, Supplier<Look> look) {
        try {
            var made = others.get(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return made.failures().containsAll(told)
                    ? made.handled()
                    : look.get().handled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            return TAKES_LONG;
        } catch (TimeoutException e) {
            return TAKES_LONG;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Handled.TryAgain("shutting down");
        }
    }

    /** There is no pod of this name with this uid any more, and never will be. */
    void rememberGone(ToldPod pod) {
        remember(Over.gone(pod), Why.GONE);
    }

    /** What this very event tells is over; the next change of the pod is looked at. */
    void rememberRecovered(ToldPod pod) {
        remember(Over.recovered(pod), Why.RECOVERED);
    }

    /** Of this very event nothing is to be told. */
    void rememberMuted(ToldPod pod) {
        remember(Over.recovered(pod), Why.MUTED);
    }

    private void remember(Over pod, Why why) {
        if (pod.uid().length() <= LONGEST && pod.version().orElse("").length() <= LONGEST) {
            over.put(pod, why, LASTING);
        }
    }

    /** What is to be said of a pod without a look; empty where that takes one. */
    Optional<Handled> of(ToldPod told) {
        var why = over.get(Over.gone(told)).or(() -> over.get(Over.recovered(told)));
        if (why.isPresent()) {
            return why.map(Handled.Dropped::new);
        }
        return told.failures().isEmpty()
                ? Optional.empty()
                : known(told.failures()).map(Handled.Known::new);
    }

    /** The incidents of all of these, where all are known. */
    private Optional<Set<Ref>> known(Set<FailureKey> told) {
        var refs = told.stream().map(known::get).toList();
        return refs.stream().allMatch(Optional::isPresent)
                ? Optional.of(refs.stream().flatMap(Optional::stream).collect(Collectors.toSet()))
                : Optional.empty();
    }
}
