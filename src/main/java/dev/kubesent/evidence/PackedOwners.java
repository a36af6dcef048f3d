package dev.kubesent.evidence;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.OwnerChain.Known;
import dev.kubesent.evidence.OwnerChain.Link;
import dev.kubesent.evidence.OwnerChain.Unknown;
import dev.kubesent.evidence.OwnerChain.Unproven;
import dev.kubesent.text.Deflated;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pod and what is known of its owners, as JSON: what waits for its turn is kept so. As objects they take several times as much of the heap, and
 * hundreds wait in a herd.
 *
 * @param chain of owners, where it was read
 * @param size of all of it, in bytes
 */
record PackedOwners(OwnerReader reader, Deflated pod, Optional<Supplier<Reading<OwnerChain>>> chain, int size) {

    private record PackedLink(Supplier<Link> link, int size) {}

    static PackedOwners of(OwnerReader reader, Pod pod, Optional<Reading<OwnerChain>> chain) {
        var json = Deflated.of(KubernetesJson.json(pod));
        var links = chain.flatMap(Reading::present).stream()
                .flatMap(known -> known.links().stream())
                .map(PackedOwners::packed)
                .toList();
        return new PackedOwners(
                reader,
                json,
                chain.map(reading -> packed(reading, links)),
                json.size() + links.stream().mapToInt(PackedLink::size).sum());
    }

    PodOwners unpacked() {
        return new PodOwners(reader, KubernetesJson.parse(pod.text(), Pod.class), chain.map(Supplier::get));
    }

    private static Supplier<Reading<OwnerChain>> packed(Reading<OwnerChain> reading, List<PackedLink> links) {
        return switch (reading) {
            case Reading.Present<OwnerChain> _ ->
                () -> new Reading.Present<>(new OwnerChain(
                        links.stream().map(PackedLink::link).map(Supplier::get).toList()));
            case Reading.Missing<OwnerChain> _, Reading.Unasked<OwnerChain> _ -> () -> reading;
        };
    }

    private static PackedLink packed(Link link) {
        return switch (link) {
            case Known(var ref, var kind, var object) -> {
                var json = Deflated.of(KubernetesJson.json(object));
                yield new PackedLink(
                        () -> new Known(ref, kind, KubernetesJson.parse(json.text(), GenericKubernetesResource.class)),
                        json.size());
            }
            case Unknown _, Unproven _ -> new PackedLink(() -> link, 0);
        };
    }
}
