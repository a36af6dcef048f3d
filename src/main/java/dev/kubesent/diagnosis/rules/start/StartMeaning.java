package dev.kubesent.diagnosis.rules.start;

import com.google.re2j.Pattern;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.kubelet.Found;
import dev.kubesent.diagnosis.kubelet.Told;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What a sign means for this container: the words, held against the pod's spec. */
record StartMeaning(Cause cause, String explanation, String advice) {

    private static final Pattern BESIDE = Pattern.compile(":sha256-[0-9a-f]{64}(?:\\.\\w+)?$");

    static StartMeaning of(Told told, StartFacts facts) {
        var found = told.found();
        return switch (found.signature().id()) {
            case "configuration-missing" -> plain(found, configuration(found));
            case "script-unreadable" -> plain(found, script(found));
            case "mount-read-only", "mount-wrong-kind", "mount-denied" -> mount(found, facts);
            case "subpath-not-prepared" -> subPath(found, facts);
            case "image-not-known" -> notAnImage(found, facts);
            case "mkdir-read-only" -> madeOnTheNode(found, facts);
            default -> plain(found, found.explanation());
        };
    }

    private static StartMeaning plain(Found found, String explanation) {
        return new StartMeaning(found.signature().cause(), explanation, found.advice());
    }

    private static String configuration(Found found) {
        return found.caught("key").isEmpty()
                ? "There is no %s."
                        .formatted((found.caught("kind") + found.caught("ref") + " " + found.caught("name")).strip())
                : "%s has no key %s.".formatted(found.caught("where"), found.caught("key"));
    }

    private static String script(Found found) {
        return found.caught("exec").isEmpty()
                ? "The script's interpreter is not found; its lines probably end with a carriage return, as on Windows."
                : "%s is there, and what it names to run it is not: a script's interpreter (line ends as on Windows), or a program's loader."
                        .formatted(found.caught("exec"));
    }

    /** With the volumes that the two mounts are of. */
    private static StartMeaning mount(Found found, StartFacts facts) {
        var inner = mountAt(facts, found.caught("to"));
        var outer = inner.flatMap(mount -> outer(facts, mount));
        var text = new StringBuilder(found.explanation());
        inner.ifPresent(mount -> text.append(" It is the volumeMount of %s%s."
                .formatted(mount.getName(), mount.getSubPath() == null ? "" : " with subPath " + mount.getSubPath())));
        outer.filter(mount -> Boolean.TRUE.equals(mount.getReadOnly()))
                .ifPresent(mount -> text.append(" It lies below %s, which volume %s is mounted at read-only."
                        .formatted(mount.getMountPath(), mount.getName())));
        return plain(found, text.toString());
    }

    private static Optional<VolumeMount> mountAt(StartFacts facts, String path) {
        return facts.evidence().container().getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(path))
                .findFirst();
    }

    private static Optional<VolumeMount> outer(StartFacts facts, VolumeMount inner) {
        return facts.evidence().container().getVolumeMounts().stream()
                .filter(mount -> inner.getMountPath().startsWith(mount.getMountPath() + "/"))
                .max(Comparator.comparingInt(mount -> mount.getMountPath().length()));
    }

    private static StartMeaning subPath(Found found, StartFacts facts) {
        var name = found.caught("volume");
        var path = facts.evidence().container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name) && mount.getSubPath() != null)
                .map(mount -> " (" + mount.getSubPath() + ")")
                .findFirst()
                .orElse("");
        var nfs = volume(facts, name).filter(volume -> volume.getNfs() != null).isPresent();
        return plain(
                found,
                "The subPath%s of volume %s cannot be prepared: it is missing, is no directory, or the kubelet may not read it%s. The kubelet says no more than that."
                        .formatted(path, name, nfs ? " (an NFS server may squash root)" : ""));
    }

    private static Optional<Volume> volume(StartFacts facts, String name) {
        return facts.evidence().pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst();
    }

    /** cosign and its like keep what belongs to an image under a tag that is made of its digest. */
    private static StartMeaning notAnImage(Found found, StartFacts facts) {
        var image = facts.evidence().container().getImage();
        return image != null && BESIDE.matcher(image).find()
                ? new StartMeaning(
                        Cause.IMAGE_FORMAT_UNSUPPORTED,
                        "'%s' is no image that can be run: the tag is that of a signature or another artifact, which stands beside the image of that digest."
                                .formatted(image),
                        "Take a real tag of the image, or its digest (NAME@sha256:...).")
                : plain(found, found.explanation());
    }

    /** The path is a hostPath, the working directory, or something that the runtime itself needs. */
    private static StartMeaning madeOnTheNode(Found found, StartFacts facts) {
        var path = found.caught("path");
        var isHostPath = facts.evidence().pod().getSpec().getVolumes().stream()
                .anyMatch(volume ->
                        volume.getHostPath() != null && (volume.getHostPath().getPath() + "/").startsWith(path + "/"));
        if (isHostPath) {
            return plain(
                    found,
                    "The hostPath %s is not on this node, and cannot be made there: %s."
                            .formatted(path, found.caught("why")));
        }
        return Objects.equals(facts.evidence().container().getWorkingDir(), path)
                ? new StartMeaning(
                        Cause.WORKING_DIRECTORY_MISSING,
                        "The working directory %s cannot be entered.".formatted(path),
                        Cause.WORKING_DIRECTORY_MISSING.advice())
                : new StartMeaning(
                        Cause.NODE_RUNTIME_FAILED,
                        "The node cannot make %s for the container: %s.".formatted(path, found.caught("why")),
                        "Look at the file system of the node, and at its runtime's log.");
    }
}
