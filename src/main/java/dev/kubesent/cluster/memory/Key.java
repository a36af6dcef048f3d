package dev.kubesent.cluster.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ObjectRef;

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
}
