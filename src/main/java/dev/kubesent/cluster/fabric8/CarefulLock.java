package dev.kubesent.cluster.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Throws nothing but what fabric8's LeaderElector tries again after: anything else ends its wait for the lease without a word, and its future never
 * completes (7.7.0, LeaderElector.start). A Lease that it fails at, as one that somebody has made without times, is taken for one that nobody holds.
 *
 * <p>Who holds it is given as long as in client-go: from when this process saw the record change last, by its own ticks. fabric8 compares the
 * record's times with its own wall clock, and believes the length that the record says: a node that ran ahead, or an edit, would keep everybody out.
 *
 * @param read told what came of each read; empty where it was answered
 * @param written the same of each write
 */
record CarefulLock(
        Lock lock,
        Observed observed,
        Consumer<Optional<KubernetesClientException>> read,
        Consumer<Optional<KubernetesClientException>> written)
        implements Lock {

    @Override
    public @Nullable LeaderElectionRecord get(KubernetesClient client) {
        try {
            var record = lock.get(client);
            read.accept(Optional.empty());
            return record == null || record.getHolderIdentity() == null ? record : observed.of(record, identity());
        } catch (KubernetesClientException e) {
            read.accept(Optional.of(e));
            throw e;
        } catch (RuntimeException e) {
            var now = ZonedDateTime.now(ZoneOffset.UTC);
            return new LeaderElectionRecord("", Duration.ofSeconds(1), now, now, 0);
        }
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord leader) {
        carefully(() -> lock.create(client, leader));
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord leader) {
        carefully(() -> lock.update(client, leader));
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }

    private void carefully(Runnable write) {
        try {
            write.run();
            written.accept(Optional.empty());
        } catch (KubernetesClientException e) {
            written.accept(Optional.of(e));
            throw e;
        } catch (RuntimeException e) {
            throw new KubernetesClientException("the lease cannot be written: " + e, e);
        }
    }
}
