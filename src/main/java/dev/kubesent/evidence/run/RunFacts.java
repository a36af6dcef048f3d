package dev.kubesent.evidence.run;

import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.DrillDown;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.failure.LostRun;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known about a run that left no pod.
 *
 * @param owners the Job, where there is one, and its CronJob
 */
public record RunFacts(LostRun run, OwnerChain owners, JobFacts facts) {

    public Optional<GenericKubernetesResource> job() {
        return JobReader.of(owners, WorkloadKind.JOB).map(OwnerChain.Known::object);
    }

    public Optional<GenericKubernetesResource> cronJob() {
        return JobReader.of(owners, WorkloadKind.CRON_JOB).map(OwnerChain.Known::object);
    }

    /** The names of the Jobs that the CronJob's status calls active. */
    public List<String> active() {
        return cronJob().stream()
                .flatMap(cronJob -> cronJob.<Object>get("status", "active") instanceof List<?> active
                        ? active.stream()
                        : Stream.of())
                .flatMap(one ->
                        one instanceof Map<?, ?> reference ? Stream.ofNullable(reference.get("name")) : Stream.of())
                .map(Objects::toString)
                .toList();
    }

    /** The way from the CronJob down, as commands and what each shows. */
    public List<String> drillDown() {
        return DrillDown.of(this);
    }
}
