package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Name;
import dev.kubesent.cluster.ObjectRef;
import java.util.Map;
import java.util.function.Predicate;

/** Where an object is kept: uids come and go under it. */
record Key(String apiVersion, String kind, String namespace, String name) {
    static Key of(ObjectRef ref) {
        return new Key(ref.apiVersion(), ref.kind(), ref.namespace(), ref.name());
    }

    static Key of(ObjectNode tree) {
        return new Key(
                tree.path("apiVersion").asText(),
                tree.path("kind").asText(),
                tree.at("/metadata/namespace").asText(),
                tree.at("/metadata/name").asText());
    }

    /** This key, of an object that is to be kept. @throws ClusterException as the API server refuses what has no possible name */
    Key ofAnObject() {
        if (!namespace.isEmpty() && Name.parseLabel(namespace).isEmpty()
                || Name.parse(name).isEmpty()) {
            throw new ClusterException(Kind.REJECTED, "an object cannot be called '" + namespace + "/" + name + "'");
        }
        return this;
    }

    /** @param namespace empty for all @throws ClusterException where no namespace can be called so, as on a real API server */
    static Predicate<Map.Entry<Key, ObjectNode>> within(String namespace) {
        if (namespace.isEmpty()) {
            return _ -> true;
        }
        var name = Name.label(namespace).text();
        return kept -> kept.getKey().namespace.equals(name);
    }
}
