package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Page;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list that the API server picks by fields; by hand, page by page, where the CRD in the cluster is older than the image and does not
 * know the fields.
 */
record PickedList<T extends HasMetadata>(Listable<? extends KubernetesResourceList<T>> listed, FieldSelector fields) {

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
            return new Page<>(picked, page.next(), true);
        } catch (KubernetesClientException e) {
            throw Refusals.of(e);
        }
    }

    private Page<T> asked(String selector, int most, String next) {
        var page = listed.list(new ListOptionsBuilder()
                .withFieldSelector(selector.isEmpty() ? null : selector)
                .withLimit((long) most)
                .withContinue(next)
                .build());
        return new Page<>(
                page.getItems(), Objects.requireNonNullElse(page.getMetadata().getContinue(), ""), false);
    }
}
