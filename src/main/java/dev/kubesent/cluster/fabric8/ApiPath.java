package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.Name;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path of the API server, with its query: the only thing that {@link ApiRequests} sends. Made of names, and encoded. */
final class ApiPath {

    private final String namespace;
    private final String path;
    private final String query;

    private ApiPath(String namespace, String path, String query) {
        this.namespace = namespace;
        this.path = path;
        this.query = query;
    }

    /** All objects of a type in one namespace. @param plural the resource name of the type */
    static ApiPath of(String apiVersion, String namespace, String plural) {
        return root(namespace, apiVersion)
                .then("namespaces")
                .then(Name.label(namespace).text())
                .then(plural);
    }

    /** All objects of a type, everywhere. */
    static ApiPath ofAll(String apiVersion, String plural) {
        return root("", apiVersion).then(plural);
    }

    /** Empty where it is not of one. */
    String namespace() {
        return namespace;
    }

    private static ApiPath root(String namespace, String apiVersion) {
        var root = new ApiPath(namespace, apiVersion.contains("/") ? "/apis" : "/api", "");
        for (var part : Located.apiVersion(apiVersion).split("/", -1)) {
            root = root.then(part);
        }
        return root;
    }

    ApiPath named(String name) {
        return then(Name.called(name).text());
    }

    /** @param subresource such as {@code log}; empty for the object itself */
    ApiPath sub(String subresource) {
        return subresource.isEmpty() ? this : then(subresource);
    }

    ApiPath with(String parameter, Object value) {
        var more = parameter + "=" + encoded(String.valueOf(value));
        return new ApiPath(namespace, path, query.isEmpty() ? more : query + "&" + more);
    }

    private ApiPath then(String segment) {
        return new ApiPath(namespace, path + "/" + encoded(segment), query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
