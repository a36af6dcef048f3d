package dev.kubesent.diagnosis.kubelet;

import dev.kubesent.evidence.RunningImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names that the pod's author chose. In a message they are no words of whoever speaks: an image called blackbox-exporter says nothing of
 * an export control. They are hidden letter by letter, so that what stands where stays as it was.
 */
public final class Names {

    /** Of no pod. */
    public static final Names NONE = new Names(List.of());

    /** Shorter ones stand in many words. */
    private static final int SHORTEST = 3;

    private static final int MOST = 200;

    /** A letter that makes no word of a pattern. */
    private static final char MARK = 'x';

    private final List<String> longestFirst;

    private Names(List<String> longestFirst) {
        this.longestFirst = longestFirst;
    }

    public static Names of(Pod pod) {
        var names = new LinkedHashSet<String>();
        var spec = pod.getSpec();
        add(
                names,
                pod.getMetadata().getName(),
                pod.getMetadata().getNamespace(),
                spec.getNodeName(),
                spec.getServiceAccountName(),
                spec.getHostname());
        Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .forEach(container -> ofContainer(names, container));
        spec.getVolumes().forEach(volume -> ofVolume(names, volume));
        spec.getImagePullSecrets().stream().map(LocalObjectReference::getName).forEach(name -> add(names, name));
        return new Names(names.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(MOST)
                .toList());
    }

    private static void ofContainer(Set<String> names, Container container) {
        var image = Objects.requireNonNullElse(container.getImage(), "");
        var repository = RunningImage.repository(image);
        var path = RunningImage.path(image);
        add(names, container.getName(), image, repository, path, path.replace("/", "%2F"), container.getWorkingDir());
        container.getVolumeMounts().forEach(mount -> add(names, mount.getMountPath(), mount.getSubPath()));
        container.getEnvFrom().forEach(from -> {
            Optional.ofNullable(from.getSecretRef()).ifPresent(ref -> add(names, ref.getName()));
            Optional.ofNullable(from.getConfigMapRef()).ifPresent(ref -> add(names, ref.getName()));
        });
    }

    private static void ofVolume(Set<String> names, Volume volume) {
        add(names, volume.getName());
        Optional.ofNullable(volume.getSecret()).ifPresent(secret -> add(names, secret.getSecretName()));
        Optional.ofNullable(volume.getConfigMap()).ifPresent(map -> add(names, map.getName()));
        Optional.ofNullable(volume.getPersistentVolumeClaim()).ifPresent(claim -> add(names, claim.getClaimName()));
        Optional.ofNullable(volume.getHostPath()).ifPresent(path -> add(names, path.getPath()));
        Optional.ofNullable(volume.getNfs()).ifPresent(nfs -> add(names, nfs.getServer(), nfs.getPath()));
        Optional.ofNullable(volume.getCsi())
                .map(csi -> csi.getVolumeAttributes())
                .ifPresent(attributes -> attributes.values().forEach(value -> add(names, value)));
    }

    private static void add(Set<String> names, @Nullable String... some) {
        for (var name : some) {
            if (name != null && name.length() >= SHORTEST && !name.isBlank()) {
                names.add(name);
            }
        }
    }

    /** @return a text of the same length, in which each letter of a name is hidden */
    String hide(String text) {
        var hidden = new StringBuilder(text);
        for (var name : longestFirst) {
            for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length())) {
                if (isName(text, at, name)) {
                    hide(hidden, at, at + name.length());
                }
            }
        }
        return hidden.toString();
    }

    private static void hide(StringBuilder hidden, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLetterOrDigit(hidden.charAt(i))) {
                hidden.setCharAt(i, MARK);
            }
        }
    }

    /** One that is a plain word has to stand where a name stands: a container may be called "volume". */
    private static boolean isName(String text, int at, String name) {
        var before = at == 0 ? ' ' : text.charAt(at - 1);
        var end = at + name.length();
        var after = end == text.length() ? ' ' : text.charAt(end);
        var isEncoded = at >= 3 && text.charAt(at - 3) == '%'; // %3A before it
        if ((Character.isLetterOrDigit(before) && !isEncoded) || Character.isLetterOrDigit(after)) {
            return false;
        }
        return !name.chars().allMatch(Character::isLetter) || "\"'`/=_({[".indexOf(before) >= 0;
    }
}
