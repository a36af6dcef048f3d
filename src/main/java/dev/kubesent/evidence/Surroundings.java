package dev.kubesent.evidence;

import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.run.JobFacts;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is not of the failing pod and may tell why it fails. Nothing rests on it alone: without it a diagnosis says less.
 *
 * @param services that the log names
 * @param rollout that made the pod
 * @param images that run in the namespace, where one cannot be pulled
 * @param registry that such an image is of
 * @param traffic of the Knative Service that made the pod
 * @param usage the memory that the workload's containers use now, where metrics.k8s.io tells
 * @param job what is beside a pod of a Job; nothing of any other
 */
public record Surroundings(
        Reading<List<ServiceFacts>> services,
        Reading<RolloutFacts> rollout,
        Reading<List<RunningImage>> images,
        Reading<RegistryFacts> registry,
        Reading<TrafficFacts> traffic,
        Reading<List<MemoryUsage>> usage,
        Reading<JobFacts> job) {

    /** Of a failure that nobody looked around. */
    public static Surroundings unread(String why) {
        return new Surroundings(
                new Missing<>(Source.SERVICES, why),
                new Missing<>(Source.ROLLOUT, why),
                new Missing<>(Source.IMAGES, why),
                new Missing<>(Source.REGISTRY, why),
                new Missing<>(Source.TRAFFIC, why),
                new Missing<>(Source.USAGE, why),
                new Missing<>(Source.JOB, why));
    }

    Surroundings withImages(UnaryOperator<Reading<List<RunningImage>>> next) {
        return new Surroundings(services, rollout, next.apply(images), registry, traffic, usage, job);
    }

    Surroundings withRollout(UnaryOperator<Reading<RolloutFacts>> next) {
        return new Surroundings(services, next.apply(rollout), images, registry, traffic, usage, job);
    }

    Stream<Reading<?>> all() {
        return Stream.of(services, rollout, images, registry, traffic, usage, job);
    }
}
