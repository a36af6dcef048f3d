package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ServiceFacts;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Comparator;
import java.util.Optional;

/** What the cluster knows of a thing that a log names: the Service of that host, the container with that port, the volume of that path. */
final class NearbyFacts {

    private NearbyFacts() {}

    /** A sentence that follows what the signature says; empty where nothing more is known. */
    static String of(Finding finding) {
        return switch (finding.cause()) {
            case DEPENDENCY_UNRESOLVED -> spaced(absence(finding));
            case DEPENDENCY_REFUSES, DEPENDENCY_SILENT -> spaced(finding.service());
            case PORT_IN_USE -> neighbour(finding);
            case SOURCE_DIRECTORY_MISSING -> directory(finding);
            default -> "";
        };
    }

    private static String spaced(String text) {
        return text.isEmpty() ? "" : " " + text;
    }

    /** That there is none, of a name that did not resolve. */
    private static String absence(Finding finding) {
        return finding.services().map(ServiceFacts::absence).orElse("");
    }

    /** Which other container of the pod says that it uses the port. */
    private static String neighbour(Finding finding) {
        var port = finding.match().raw("port");
        var own = finding.crash().crash().subject().container();
        return finding.crash()
                .evidence()
                .containers()
                .filter(container -> !container.getName().equals(own))
                .filter(container -> container.getPorts().stream()
                        .anyMatch(p -> String.valueOf(p.getContainerPort()).equals(port)))
                .map(container -> " Container " + container.getName() + " of this pod declares it.")
                .findFirst()
                .orElse("");
    }

    private static String directory(Finding finding) {
        var evidence = finding.crash().evidence();
        var path = finding.match().raw("path");
        var mount = mount(evidence, path);
        return mount.map(VolumeMount::getMountPath)
                        .filter(at -> isSame(at, path))
                        .isPresent()
                ? " It is where volume %s is mounted: the container's user may not enter it, or it is no directory."
                        .formatted(mount.get().getName())
                : " "
                        + mount.map(one -> where(evidence, one))
                                .orElse("There is no volume: nothing is mounted at it or above it")
                        + ".";
    }

    private static boolean isSame(String one, String other) {
        return one.replaceAll("(?<!/)/+$", "").equals(other.replaceAll("(?<!/)/+$", ""));
    }

    /** The innermost that the path is in. */
    private static Optional<VolumeMount> mount(Evidence evidence, String path) {
        return evidence.container().getVolumeMounts().stream()
                .filter(mount -> (path + "/").startsWith(mount.getMountPath().replaceAll("/$", "") + "/"))
                .max(Comparator.comparingInt(mount -> mount.getMountPath().length()));
    }

    private static String where(Evidence evidence, VolumeMount mount) {
        var source = evidence.pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .map(NearbyFacts::source)
                .orElse("");
        return "The volume %s%s, mounted at %s, does not have it"
                .formatted(mount.getName(), source, mount.getMountPath());
    }

    private static String source(Volume volume) {
        if (volume.getHostPath() != null) {
            return " (" + volume.getHostPath().getPath() + " of the node)";
        }
        return volume.getPersistentVolumeClaim() == null
                ? ""
                : " (claim " + volume.getPersistentVolumeClaim().getClaimName() + ")";
    }
}
