package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.Election;
import dev.kubesent.cluster.Name;
import dev.kubesent.time.Ticks;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By a Lease and fabric8's LeaderElector, with Kubernetes' own times. That one stands for it once only, and not any more when it has lost; so a new
 * one is made each time.
 */
public final class LeaseElection implements Election {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

    /** Name of the Lease. */
    public static final String NAME = "kubesent";

    /** After which another takes over from one that does not renew: kube-controller-manager's default, as the two below. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    /** After which whoever leads stops, where it could not renew. */
    private static final Duration RENEWED_WITHIN = Duration.ofSeconds(10);

    /** Between two tries to renew, or to take over. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** After which it is told that nobody leads: some tries to take over have failed by then. */
    private static final Duration NOBODY_FOR = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final String namespace;
    private final String holder;
    private volatile @Nullable ExecutorService thread;
    private @Nullable CompletableFuture<?> standing;
    private volatile String leader = "";
    private volatile Observed observed = new Observed(LEASE, Ticks.ofTheMachine());
    private volatile Optional<String> ended = Optional.empty();
    private volatile Optional<String> unread = Optional.empty();
    private volatile Optional<String> unwritten = Optional.empty();

    /** @param namespace of the Lease @param holder the name of this process */
    public LeaseElection(KubernetesClient client, String namespace, String holder) {
        this.client = client;
        this.namespace = Name.label(namespace).text();
        this.holder = holder;
    }

    @Override
    public synchronized void begin(Runnable elected, Runnable lost) {
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("election").factory());
        observed = new Observed(LEASE, Ticks.ofTheMachine());
        standOrSay(thread, elected, lost);
    }

    /** Where it fails nothing calls it again, and nobody would know: the leader may be another. */
    private void standOrSay(ExecutorService in, Runnable elected, Runnable lost) {
        try {
            stand(in, elected, lost);
        } catch (RuntimeException | Error e) {
            LOG.error("the lease {}/{} cannot be stood for any more", namespace, NAME, e);
            ended = Optional.of(
                    "this process cannot stand for the Lease %s/%s any more: %s; delete the pod, so that a new one can"
                            .formatted(namespace, NAME, e));
        }
    }

    private synchronized void stand(ExecutorService in, Runnable elected, Runnable lost) {
        if (in.isShutdown()) {
            return;
        }
        var config = new LeaderElectionConfig(
                new CarefulLock(
                        new LeaseLock(namespace, NAME, holder),
                        observed,
                        failure -> unread = told(unread, failure),
                        failure -> unwritten = told(unwritten, failure)),
                LEASE,
                RENEWED_WITHIN,
                EVERY,
                new LeaderCallbacks(elected, lost, this::led),
                true, // another need not wait when this one stops
                NAME);
        standing = new LeaderElector(client, config, in).start();
        var _ = standing.whenComplete((_, failure) -> {
            if (in.isShutdown()) {
                return;
            }
            if (failure != null) {
                LOG.warn("the lease {}/{} is stood for anew: {}", namespace, NAME, failure.getMessage());
            }
            CompletableFuture.delayedExecutor(EVERY.toMillis(), TimeUnit.MILLISECONDS, in)
                    .execute(() -> standOrSay(in, elected, lost));
        });
    }

    private void led(@Nullable String by) {
        var now = Objects.requireNonNullElse(by, "");
        if (!now.equals(leader)) {
            LOG.info("{} leads", now.isEmpty() ? "nobody" : now);
        }
        leader = now;
    }

    /** @return what is wrong for good, said once */
    private Optional<String> told(Optional<String> before, Optional<KubernetesClientException> failure) {
        var now = failure.map(e -> Refusals.of(e))
                .filter(ClusterException::isForWantOfARight)
                .map(this::message);
        if (!now.equals(before)) {
            now.ifPresent(LOG::warn);
        }
        return now;
    }

    private String message(ClusterException refused) {
        return "no right to hold the Lease %s/%s, so that nobody watches: bind the Role of knative/overlays/plain/watch.yaml: %s"
                .formatted(namespace, NAME, refused.getMessage());
    }

    @Override
    public Optional<String> trouble() {
        return ended.or(() -> unread).or(() -> unwritten).or(this::nobody);
    }

    private Optional<String> nobody() {
        return isStanding() && observed.isStillFor(NOBODY_FOR)
                ? Optional.of(
                        "nobody watches: the Lease %s/%s was not renewed for %s, and this process could not take it over. Look at who may write it: kubectl get lease %s -n %s -o yaml; where nothing else helps, delete it"
                                .formatted(namespace, NAME, NOBODY_FOR, NAME, namespace))
                : Optional.empty();
    }

    private boolean isStanding() {
        return thread != null;
    }

    @Override
    public String leader() {
        return leader;
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
        if (standing != null) {
            standing.cancel(true); // gives the lease back, and says that it is lost
            standing = null;
        }
    }
}
