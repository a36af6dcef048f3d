package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.evidence.Evidence;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The directory that a job works on is not in its container: the cleanup's own words, and those of the like. (find says it of files that vanish while it runs, too.) Says which mount it is. */
final class SourceDirectoryMissing implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)(source|input|target|backup|data|log) ?dir(?:ectory)? not found: (?<path>/[^\\s'\":]{0,500})");

    private static final List<String> WORDS = List.of("not found");

    @Override
    public Cause cause() {
        return Cause.SOURCE_DIRECTORY_MISSING;
    }

    @Override
    public List<Pattern> signs() {
        return SIGNS;
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public String explain(LogSign sign) {
        var path = Named.name(sign.found(), "path");
        var mount = mount(sign.crash().evidence(), path);
        return mount.map(VolumeMount::getMountPath)
                        .filter(at -> isSame(at, path))
                        .isPresent()
                ? "The directory %s is where volume %s is mounted: the container's user may not enter it, or it is no directory."
                        .formatted(path, mount.get().getName())
                : "The directory %s is not there: %s."
                        .formatted(
                                path,
                                mount.map(one -> where(sign.crash().evidence(), one))
                                        .orElse("nothing is mounted at it or above it"));
    }

    @Override
    public String advice() {
        return "Correct the path, or mount the volume where the program looks; a hostPath has to be on the node that"
                + " the pod came to.";
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
                .map(SourceDirectoryMissing::source)
                .orElse("");
        return "volume %s%s, mounted at %s, does not have it".formatted(mount.getName(), source, mount.getMountPath());
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
