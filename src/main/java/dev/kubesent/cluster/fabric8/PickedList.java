package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Page;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list that the API server picks by fields; by hand, page by page, where the CRD in the cluster is older than the image and does not
 * know the fields. What a newer version wrote with a value that this one does not know is left out, and does not hide the others.
 */
record PickedList<T extends HasMetadata>(
        Class<T> type,
        Listable<? extends KubernetesResourceList<T>> listed,
        Supplier<Listable<? extends KubernetesResourceList<GenericKubernetesResource>>> untyped,
        FieldSelector fields) {

    private static final Logger LOG = LoggerFactory.getLogger(PickedList.class);

    private static final AtomicBoolean SAID = new AtomicBoolean();

    /** Objects in a page that is picked by hand: an incident takes up to some 50 KB of heap. */
    private static final int BY_HAND = 100;

    /** What the API server answers with 400 (apiextensions-apiserver, pkg/registry/customresource/strategy.go; seen on 1.35). */
    private static final String UNKNOWN_FIELD = "field label not supported";

    Page<T> page(int most, String next) {
        try {
            return asked(fields.text(), most, next);
        } catch (KubernetesClientException e) {
            var refused = Refusals.of(e);
            if (refused.kind() != ClusterException.Kind.REJECTED
                    || !String.valueOf(refused.getMessage()).contains(UNKNOWN_FIELD)) {
                throw refused;
            }
            if (SAID.compareAndSet(false, true)) {
                LOG.warn(
                        "the CRD in the cluster is older than this image ({}): all incidents are read for each"
                                + " decision; kubectl apply -f knative/base/100-incident-crd.yaml",
                        refused.getMessage());
            }
            return byHand(next);
        }
    }

    private Page<T> byHand(String next) {
        try {
            var page = asked("", BY_HAND, next);
            var picked = page.items().stream()
                    .filter(object -> fields.matches(KubernetesJson.tree(object)))
                    .toList();
            return new Page<>(picked, page.next(), true, page.unreadable());
        } catch (KubernetesClientException e) {
            throw Refusals.of(e);
        }
    }

    private Page<T> asked(String selector, int most, String next) {
        var options = new ListOptionsBuilder()
                .withFieldSelector(selector.isEmpty() ? null : selector)
                .withLimit((long) most)
                .withContinue(next)
                .build();
        try {
            var page = listed.list(options);
            return new Page<>(page.getItems(), continuation(page), false);
        } catch (KubernetesClientException e) {
            if (!Refusals.isUnreadable(e)) {
                throw e;
            }
            return readable(untyped.get().list(options));
        }
    }

    private Page<T> readable(KubernetesResourceList<GenericKubernetesResource> page) {
        var items = page.getItems().stream()
                .flatMap(object -> readable(object).stream())
                .toList();
        return new Page<>(items, continuation(page), false, page.getItems().size() - items.size());
    }

    private Optional<T> readable(GenericKubernetesResource object) {
        try {
            return Optional.of(KubernetesJson.as(KubernetesJson.tree(object), type));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "{} {}/{} cannot be read, and is left alone: a newer version wrote it ({})",
                    type.getSimpleName(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
    }

    private static String continuation(KubernetesResourceList<?> page) {
        return Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
    }
}
