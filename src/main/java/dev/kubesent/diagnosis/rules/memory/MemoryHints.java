package dev.kubesent.diagnosis.rules.memory;

import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.MemoryUsage;
import dev.kubesent.evidence.Source;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person wants to know beside an OOM kill, and what decides nothing: who else uses as much, and what else counts as memory. */
final class MemoryHints {

    private MemoryHints() {}

    static Diagnosis added(Diagnosis diagnosis, MemoryFacts memory) {
        var withVolumes = volumes(memory)
                .map(text -> diagnosis.with(text, new Quote(Source.SPEC, text)))
                .orElse(diagnosis);
        var withHeap = RuntimeHeap.unset(memory.evidence().container())
                .map(text -> withVolumes.with(text, new Quote(Source.SPEC, "no --max-old-space-size")))
                .orElse(withVolumes);
        return usage(memory)
                .map(text -> withHeap.with(text, new Quote(Source.USAGE, text)))
                .orElse(withHeap);
    }

    /** Its content counts against the limit of whoever wrote it, and outlives the container (Kubernetes: volumes, emptyDir). */
    private static Optional<String> volumes(MemoryFacts memory) {
        var mounted = memory.evidence().container().getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(VolumeMount::getName)
                .collect(Collectors.toSet());
        return memory.evidence().pod().getSpec().getVolumes().stream()
                .filter(volume -> mounted.contains(volume.getName()))
                .filter(volume -> volume.getEmptyDir() != null
                        && "Memory".equals(volume.getEmptyDir().getMedium()))
                .filter(volume -> isAsLarge(volume.getEmptyDir(), memory))
                .findFirst()
                .map(volume -> "What it writes to volume " + volume.getName()
                        + " is memory too, which no restart frees; "
                        + (volume.getEmptyDir().getSizeLimit() == null
                                ? "the volume has no sizeLimit."
                                : "its sizeLimit does not keep that below the limit."));
    }

    private static boolean isAsLarge(EmptyDirVolumeSource volume, MemoryFacts memory) {
        return volume.getSizeLimit() == null
                || memory.limit()
                        .filter(limit -> Memory.of(volume.getSizeLimit()).compareTo(limit) >= 0)
                        .isPresent();
    }

    /** Of the other pods: its own container has only just been started again, if at all. */
    private static Optional<String> usage(MemoryFacts memory) {
        var own = memory.oom().subject().pod();
        List<Memory> others = memory.evidence().around().usage().present().orElse(List.of()).stream()
                .filter(usage -> !usage.pod().equals(own))
                .map(MemoryUsage::used)
                .sorted()
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("In %d other pods of the same template it uses %s to %s now."
                .formatted(
                        others.size(),
                        others.getFirst().roundedUpToMi(),
                        others.getLast().roundedUpToMi()));
    }
}
