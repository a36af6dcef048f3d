package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.DeadlineReads;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.run.JobFacts;
import dev.kubesent.evidence.run.JobReader;
import dev.kubesent.failure.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks around a failing pod. What only adds to a diagnosis must not cost it: neither by a defect of ours nor by the time it takes. */
final class SurroundingsReader {

    private static final Logger LOG = LoggerFactory.getLogger(SurroundingsReader.class);

    /** A quarter of the lease within which all of the work has to be done. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClusterReader real;
    private final ClusterReader cluster;
    private final ImageRegistry registry;
    private final Clock clock;
    private final Reach reach;
    private final Lately lately;

    SurroundingsReader(ClusterReader cluster, ImageRegistry registry, Reach reach, Lately lately, Clock clock) {
        this.reach = reach;
        this.lately = lately;
        this.registry = registry;
        this.real = cluster;
        this.cluster = new DeadlineReads(cluster, clock.instant().plus(PATIENCE), clock);
        this.clock = clock;
    }

    /**
     * @return waits for what is around it. What goes through foreign text (the Services that the log names, what a rollout changed, what a registry says) is looked for
     *     only then, by whoever waits: its effort is counted there
     */
    Function<Reading<List<String>>, Surroundings> begin(Failure failure, Pod pod, Reading<OwnerChain> owners) {
        var namespace = pod.getMetadata().getNamespace();
        var images = cluster.begin(() -> images(failure, namespace, Instant.MIN));
        var traffic = cluster.begin(() -> helpful(Source.TRAFFIC, () -> traffic(failure, pod, owners)));
        var usage = cluster.begin(() -> helpful(Source.USAGE, () -> usage(failure, pod)));
        var job = cluster.begin(() -> helpful(Source.JOB, () -> job(owners)));
        return log -> {
            var late =
                    new SurroundingsReader(real, registry, reach, lately, clock); // it has as much time as the others
            return new Surroundings(
                    helpful(Source.SERVICES, () -> late.services(failure, log, namespace)),
                    late.rollout(failure, pod, owners),
                    images.get(),
                    helpfully(Source.REGISTRY, () -> new RegistryReader(late.cluster, registry).facts(failure, pod)),
                    traffic.get(),
                    usage.get(),
                    job.get());
        };
    }

    private TrafficFacts traffic(Failure failure, Pod pod, Reading<OwnerChain> owners) {
        return owners.present()
                .map(chain -> new TrafficReader(cluster, clock.instant()).facts(failure, pod, chain))
                .orElse(TrafficFacts.NONE);
    }

    private JobFacts job(Reading<OwnerChain> owners) {
        return owners.present().map(chain -> JobReader.of(cluster, chain)).orElse(JobFacts.NONE);
    }

    Reading<RolloutFacts> rollout(Failure failure, Pod pod, Reading<OwnerChain> owners) {
        return helpful(
                Source.ROLLOUT,
                () -> new RolloutReader(cluster, clock)
                        .facts(failure, pod, owners.present().orElseThrow(() -> Readings.gone("the workload"))));
    }

    /** Only of what crashes by itself: who is out of memory does not lack a Service. */
    private List<ServiceFacts> services(Failure failure, Reading<List<String>> log, String namespace) {
        return failure.crash()
                .map(_ -> new ServiceReader(cluster, namespace, reach)
                        .named(log.present().orElse(List.of())))
                .orElse(List.of());
    }

    /** @param since what was read before that is read anew */
    Reading<List<RunningImage>> images(Failure failure, String namespace, Instant since) {
        return helpful(Source.IMAGES, () -> imagesSince(failure, namespace, since));
    }

    private List<RunningImage> imagesSince(Failure failure, String namespace, Instant since) {
        return failure.pull()
                .map(pull -> new ImageReader(cluster, lately, since).around(namespace, pull.image(), reach))
                .orElse(List.of());
    }

    private List<MemoryUsage> usage(Failure failure, Pod pod) {
        return failure.oom()
                .map(oom -> UsageReader.of(cluster, pod, oom.subject().container()))
                .orElse(List.of());
    }

    private static <T> Reading<T> helpful(Source source, Supplier<T> call) {
        return helpfully(source, () -> Readings.read(source, call));
    }

    private static <T> Reading<T> helpfully(Source source, Supplier<Reading<T>> call) {
        try {
            return call.get();
        } catch (ClusterException e) {
            return Readings.missing(source, e);
        } catch (RuntimeException e) {
            LOG.error("a defect of KubeSent, while reading {}", source, e);
            return new Missing<>(source, "a defect of KubeSent; its log has it");
        }
    }
}
