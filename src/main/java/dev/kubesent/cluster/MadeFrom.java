package dev.kubesent.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether what runs is what a template says. Admission adds to pods (sidecars, environment, volumes, amounts), and that is let pass; what the
 * template itself names has to be there, with its image and command to the letter: neither does Kubernetes normalise an image's name.
 */
public final class MadeFrom {

    private MadeFrom() {}

    /** A doubt, and what is to be said of it. */
    public record Difference(Doubt doubt, String detail) {}

    /** Pure. Whether these containers can be the template's. @param template of any workload */
    public static boolean isMadeFrom(PodSpec pod, JsonNode template) {
        return difference(pod, template, "the template").isEmpty();
    }

    /** @param owner whose template it is, as people write it */
    public static Optional<Difference> difference(PodSpec pod, JsonNode template, String owner) {
        var spec = template.path("spec");
        return Stream.of("containers", "initContainers")
                .flatMap(kind ->
                        of(spec.path(kind)).flatMap(wanted -> difference(of(pod, kind), wanted, owner).stream()))
                .findFirst();
    }

    /** Of a Job, that it runs what its CronJob would run now: a run of another image tells nothing of this one. */
    public static Optional<Difference> ofRun(HasMetadata job, HasMetadata cronJob, String name) {
        var runs = KubernetesJson.as(KubernetesJson.tree(job).at("/spec/template/spec"), PodSpec.class);
        return difference(runs, KubernetesJson.tree(cronJob).at(WorkloadKind.CRON_JOB.podTemplate()), name);
    }

    private static Stream<Container> of(JsonNode containers) {
        return containers.isArray() ? Stream.of(KubernetesJson.as(containers, Container[].class)) : Stream.empty();
    }

    private static List<Container> of(PodSpec pod, String kind) {
        return kind.equals("containers") ? pod.getContainers() : pod.getInitContainers();
    }

    private static Optional<Difference> difference(List<Container> pod, Container wanted, String owner) {
        var name = String.valueOf(wanted.getName()); // of a ControllerRevision: nobody has checked its template
        var found = pod.stream()
                .filter(one -> Objects.equals(wanted.getName(), one.getName()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of(
                    new Difference(Doubt.CONTAINER, "it lacks the container " + name + " that " + owner + " has"));
        }
        var image = String.valueOf(found.get().getImage());
        if (!image.equals(wanted.getImage())) {
            return Optional.of(new Difference(
                    Doubt.IMAGE,
                    "its container %s runs %s, and %s says %s".formatted(name, image, owner, wanted.getImage())));
        }
        return found.get().getCommand().equals(wanted.getCommand())
                        && found.get().getArgs().equals(wanted.getArgs())
                ? Optional.empty()
                : Optional.of(new Difference(
                        Doubt.COMMAND, "its container %s has another command than %s says".formatted(name, owner)));
    }
}
