package dev.kubesent.cluster.memory;

import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Page;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;

/** Lists cut into pages, as the API server cuts them. */
final class Pages {

    private Pages() {}

    static <T extends HasMetadata> Page<T> picked(List<T> all, FieldSelector fields, int most, String next) {
        var picked = all.stream()
                .filter(object -> fields.matches(KubernetesJson.tree(object)))
                .sorted(Comparator.comparing((T object) -> object.getMetadata().getNamespace())
                        .thenComparing(object -> object.getMetadata().getName()))
                .toList();
        return cut(picked, most, next);
    }

    private static <E> Page<E> cut(List<E> all, int most, String next) {
        var from = Math.min(next.isEmpty() ? 0 : Integer.parseInt(next), all.size());
        var to = Math.min(from + most, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? String.valueOf(to) : "", false);
    }
}
