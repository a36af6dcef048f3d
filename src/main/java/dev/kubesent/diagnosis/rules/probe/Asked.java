package dev.kubesent.diagnosis.rules.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the spec tells a probe to ask, and how long to wait. */
record Asked(Container container, boolean isStartup) {

    private Optional<Probe> probe() {
        return Optional.ofNullable(isStartup ? container.getStartupProbe() : container.getLivenessProbe());
    }

    /** As a number; empty where it is a name that the container does not declare, or the probe asks no port. */
    Optional<Integer> port() {
        return probe().flatMap(probe -> Stream.of(
                                Optional.ofNullable(probe.getHttpGet()).map(get -> get.getPort()),
                                Optional.ofNullable(probe.getTcpSocket()).map(socket -> socket.getPort()),
                                Optional.ofNullable(probe.getGrpc()).map(grpc -> new IntOrString(grpc.getPort())))
                        .flatMap(Optional::stream)
                        .findFirst())
                .flatMap(this::number);
    }

    private Optional<Integer> number(IntOrString port) {
        if (port.getIntVal() != null) {
            return Optional.of(port.getIntVal());
        }
        return container.getPorts().stream()
                .filter(declared -> Objects.equals(declared.getName(), port.getStrVal()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    /** What httpGet or tcpSocket say of a host; empty where they leave it to the kubelet, which asks the pod. */
    Optional<String> host() {
        return probe().flatMap(probe -> Stream.of(
                        Optional.ofNullable(probe.getHttpGet()).map(get -> get.getHost()),
                        Optional.ofNullable(probe.getTcpSocket()).map(socket -> socket.getHost()))
                .flatMap(Optional::stream)
                .filter(host -> !host.isBlank())
                .findFirst());
    }

    int timeoutSeconds() {
        return probe().map(probe -> orElse(probe.getTimeoutSeconds(), 1)).orElse(1);
    }

    /** From the start until the last failure that was one too many: initialDelay + period × threshold (Kubernetes' defaults 0, 10, 3). */
    Duration allowed() {
        return probe().map(probe -> Duration.ofSeconds(orElse(probe.getInitialDelaySeconds(), 0)
                        + (long) orElse(probe.getPeriodSeconds(), 10) * orElse(probe.getFailureThreshold(), 3)))
                .orElse(Duration.ZERO);
    }

    private static int orElse(Integer given, int otherwise) {
        return given == null || given == 0 ? otherwise : given;
    }
}
