package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.Amount;
import dev.kubesent.cluster.Memory;
import dev.kubesent.gate.bounds.PodMemory;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The namespace's LimitRanges. The dry run of a template does not check them: they are for pods, which are made later.
 */
final class WithinLimitRange implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.raise()
                .flatMap(raise ->
                        judged.knowing(judged.evidence().limitRanges(), ranges -> within(judged, raise, ranges)));
    }

    private static Optional<Refusal> within(Case judged, MemoryRaise raise, List<LimitRange> ranges) {
        return ranges.stream()
                .flatMap(range -> range.getSpec().getLimits().stream()
                        .flatMap(item ->
                                within(judged, raise, item, range.getMetadata().getName()).stream()))
                .findFirst();
    }

    private static Optional<Refusal> within(Case judged, MemoryRaise raise, LimitRangeItem item, String name) {
        var asked = switch (item.getType()) {
            case "Container" -> raise.to();
            case "Pod" -> PodMemory.limitsAfter(judged.evidence(), raise);
            default -> new Memory(0); // PersistentVolumeClaim has nothing to say of memory
        };
        return memory(item.getMax())
                .filter(asked::exceeds)
                .flatMap(max -> no(name + " allows a " + item.getType() + " " + max + ", not " + asked))
                .or(() -> ratio(judged, raise, item, name));
    }

    private static Optional<Refusal> ratio(Case judged, MemoryRaise raise, LimitRangeItem item, String name) {
        if (raise.request() || !"Container".equals(item.getType())) {
            return Optional.empty();
        }
        var ratios = item.getMaxLimitRequestRatio();
        return Optional.ofNullable(ratios == null ? null : ratios.get("memory"))
                .map(Amount::of) // a ratio may be a fraction: 1500m
                .flatMap(most -> PodMemory.request(judged.evidence())
                        .filter(request -> raise.to().exceeds(request.times(most.doubleValue())))
                        .flatMap(request -> no("%s allows a limit %s times its request of %s at most"
                                .formatted(name, most.toPlainString(), request))));
    }

    private static Optional<Memory> memory(@Nullable Map<String, Quantity> resources) {
        return Optional.ofNullable(resources).map(r -> r.get("memory")).map(Memory::of);
    }

    private static Optional<Refusal> no(String detail) {
        return Constraint.no(RefusalReason.LIMIT_RANGE, "LimitRange " + detail);
    }
}
