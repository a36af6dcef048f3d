package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.PodPage;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.fabric8.PageSize.Aim;
import java.io.IOException;
import java.util.regex.Pattern;

/** Pages of pods as bytes, none larger than what is kept at once; where one would be, fewer are asked for. */
record PodPages(ApiRequests api) {

    /** A page that is larger than that is not taken; one pod always is. */
    private static final int LARGEST = 8 << 20;

    /** How many to ask for next, and where the API server goes on. */
    private static final Pattern PLACE = Pattern.compile("(\\d{1,3}):(.*)");

    PodPage page(String namespace, String place) {
        var where = PLACE.matcher(place);
        return where.matches()
                ? page(namespace, new PageSize(Integer.parseInt(where.group(1)), Aim.KEPT), where.group(2))
                : page(namespace, PageSize.first(Aim.KEPT), "");
    }

    private PodPage page(String namespace, PageSize first, String next) {
        for (var size = first; ; size = size.smaller()) {
            var json = read(namespace, size, next);
            if (json.length <= LARGEST || size.objects() == 1) {
                var page = PodList.cut(json);
                var then = size.after(page.pods().size(), json.length);
                return page.next().isEmpty() ? page : new PodPage(page.pods(), then.objects() + ":" + page.next());
            }
        }
    }

    /** @return one byte more than the largest, where it is larger */
    private byte[] read(String namespace, PageSize size, String next) {
        var path = KubernetesReads.path("v1", "pods", namespace);
        try (var body = api.stream(ObjectLists.page(path, Selection.of(namespace), size.objects(), next))) {
            return body.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw Refusals.unreachable(e);
        }
    }
}
