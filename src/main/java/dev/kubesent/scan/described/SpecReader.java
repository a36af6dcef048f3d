package dev.kubesent.scan.described;

import com.google.re2j.Pattern;
import dev.kubesent.scan.described.ContainerReader.Block;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a container was asked to be: image, command, amounts, probes, variables and mounts. */
final class SpecReader {

    private static final Pattern REFERENCE = Pattern.compile(
            "^<set to the key '([^']*)' (?:of config map|in secret) '([^']*)'>\\s*(?:Optional: (true|false))?");

    private static final Pattern MOUNT =
            Pattern.compile("^(/.*) from ([a-z0-9][-a-z0-9.]*) \\((ro|rw)(?:,path=\"?([^\")]*)\"?)?\\)");

    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})/([A-Z]{3,4})(?: \\(([^)]*)\\))?");

    private static final Pattern AMOUNT =
            Pattern.compile("^[0-9]{1,18}(?:\\.[0-9]{1,9})?(?:m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei|e[0-9]{1,2})?$");

    private SpecReader() {}

    static Container container(Block block, String name, String image) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withCommand(words(block, "Command"))
                .withArgs(words(block, "Args"))
                .withPorts(ports(block.field("Port") + " " + block.field("Ports")))
                .withResources(new ResourceRequirementsBuilder()
                        .withLimits(amounts(block.lines("Limits")))
                        .withRequests(amounts(block.lines("Requests")))
                        .build())
                .withLivenessProbe(ProbeText.read(block.field("Liveness")).orElse(null))
                .withReadinessProbe(ProbeText.read(block.field("Readiness")).orElse(null))
                .withStartupProbe(ProbeText.read(block.field("Startup")).orElse(null))
                .withRestartPolicy(block.field("Restart Policy").isEmpty() ? null : block.field("Restart Policy"))
                .withEnv(block.lines("Environment").stream()
                        .flatMap(line -> variable(line).stream())
                        .toList())
                .withVolumeMounts(block.lines("Mounts").stream()
                        .flatMap(line -> mount(line).stream())
                        .toList())
                .build();
    }

    /** One word a line; a word of several lines is taken for as many words. */
    private static List<String> words(Block block, String key) {
        return Stream.concat(Stream.of(block.field(key)), block.lines(key).stream())
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Map<String, Quantity> amounts(List<String> lines) {
        var amounts = new LinkedHashMap<String, Quantity>();
        for (var line : lines) {
            var amount = StateReader.first(FieldLine.value(line));
            if (AMOUNT.matcher(amount).matches()) {
                amounts.put(FieldLine.key(line), new Quantity(amount));
            }
        }
        return amounts;
    }

    private static List<ContainerPort> ports(String text) {
        var port = PORT.matcher(text);
        var ports = new java.util.ArrayList<ContainerPort>();
        while (port.find()) {
            ports.add(new ContainerPortBuilder()
                    .withContainerPort(Integer.parseInt(port.group(1)))
                    .withProtocol(port.group(2))
                    .withName(port.group(3))
                    .build());
        }
        return ports;
    }

    private static Optional<EnvVar> variable(String line) {
        if (FieldLine.key(line).isEmpty()) {
            return Optional.empty();
        }
        var variable = new EnvVarBuilder().withName(FieldLine.key(line));
        var value = FieldLine.value(line);
        var reference = REFERENCE.matcher(value);
        if (!reference.find()) {
            return Optional.of(variable.withValue(value).build());
        }
        var isOptional = "true".equals(reference.group(3));
        return Optional.of(
                value.contains("' in secret '")
                        ? variable.withNewValueFrom()
                                .withNewSecretKeyRef(reference.group(1), reference.group(2), isOptional)
                                .endValueFrom()
                                .build()
                        : variable.withNewValueFrom()
                                .withNewConfigMapKeyRef(reference.group(1), reference.group(2), isOptional)
                                .endValueFrom()
                                .build());
    }

    private static Optional<VolumeMount> mount(String line) {
        var mount = MOUNT.matcher(line.strip());
        return mount.find()
                ? Optional.of(new VolumeMountBuilder()
                        .withMountPath(mount.group(1))
                        .withName(mount.group(2))
                        .withReadOnly(mount.group(3).equals("ro"))
                        .withSubPath(mount.group(4))
                        .build())
                : Optional.empty();
    }
}
