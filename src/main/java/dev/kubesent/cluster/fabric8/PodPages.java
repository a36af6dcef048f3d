package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JacksonException;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.Selection;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Pages of pods as bytes, of which those that are wanted are kept; where these are too many, fewer are asked for. */
record PodPages(ApiRequests api) {

    /** More than that of one page is not kept; one pod always is. */
    private static final long LARGEST = 8L << 20;

    /** How many to ask for next, and where the API server goes on. */
    private static final Pattern PLACE = Pattern.compile("(\\d{1,4}):(.*)");

    PodPage page(String namespace, String place, Predicate<byte[]> wanted) {
        var where = PLACE.matcher(place);
        return where.matches()
                ? page(namespace, new PageSize(Integer.parseInt(where.group(1))), where.group(2), wanted)
                : page(namespace, PageSize.first(), "", wanted);
    }

    private PodPage page(String namespace, PageSize first, String next, Predicate<byte[]> wanted) {
        var path = KubernetesReads.path("v1", "pods", namespace);
        for (var size = first; ; size = size.smaller()) {
            try (var body = api.stream(ObjectLists.page(path, Selection.of(namespace), size.objects(), next))) {
                var cut = PodList.cut(body, wanted, LARGEST);
                if (cut.isPresent()) {
                    return placed(cut.get(), body.count(), size);
                }
                if (size.objects() == 1) {
                    throw new ClusterException(Kind.BROKEN, "a page of one pod is larger than a pod can be");
                }
            } catch (IOException e) {
                throw broken(e);
            }
        }
    }

    /** Where much of it is kept, the next one is smaller: it is not to be read twice. */
    private static PodPage placed(PodPage page, long bytes, PageSize size) {
        var kept = page.pods().stream().mapToLong(pod -> pod.length).sum();
        var then = size.after(page.looked(), Math.max(bytes, 2 * kept));
        return page.next().isEmpty()
                ? page
                : new PodPage(page.pods(), page.looked(), then.objects() + ":" + page.next());
    }

    private static ClusterException broken(IOException e) {
        return e instanceof JacksonException
                ? new ClusterException(Kind.BROKEN, "not a list of pods: " + e.getMessage(), e)
                : Refusals.unreachable(e);
    }
}
