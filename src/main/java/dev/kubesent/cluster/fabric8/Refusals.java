package dev.kubesent.cluster.fabric8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API server, or the way to it, said no with, as a {@link ClusterException}. */
final class Refusals {

    /** An exception may be its own cause's cause. */
    private static final int MOST_CAUSES = 20;

    private Refusals() {}

    static ClusterException of(KubernetesClientException e) {
        if (isUnreadable(e)) {
            return new ClusterException(
                    Kind.REJECTED, "what the API server answered cannot be read by this version: " + root(e), e);
        }
        if (e.getCode() < 400) { // 0 or -1: there was no HTTP answer at all
            return new ClusterException(Kind.UNREACHABLE, "no answer from the API server: " + root(e), e);
        }
        var message = Objects.requireNonNullElse(e.getMessage(), "HTTP " + e.getCode());
        return new ClusterException(kind(e.getCode(), e.getStatus()), said(e.getStatus(), message), e);
    }

    static ClusterException of(int code, Status status, String message) {
        return new ClusterException(kind(code, status), said(status, message));
    }

    /** Whether there was an answer, of whole JSON, with a value that we do not know: no further try helps. */
    static boolean isUnreadable(Throwable e) {
        var causes = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
        return causes.stream().anyMatch(InvalidFormatException.class::isInstance)
                && causes.stream().noneMatch(JsonParseException.class::isInstance);
    }

    private static Kind kind(int code, @Nullable Status status) {
        if (isOfABudget(status)) {
            return Kind.REJECTED; // it is said with 429, as if the server were busy
        }
        if (isOfTheSchema(status)) {
            return Kind.REJECTED; // it is said with 500, as if the server were broken
        }
        return Kind.ofStatus(code, status == null || status.getReason() == null ? "" : status.getReason());
    }

    /** Of two budgets for one pod it is said with 500, and no cause (pkg/registry/core/pod/storage/eviction.go). */
    private static boolean isOfABudget(@Nullable Status status) {
        return status != null
                && (status.getDetails() != null
                                && status.getDetails().getCauses().stream()
                                        .anyMatch(cause -> "DisruptionBudget".equals(cause.getReason()))
                        || Objects.requireNonNullElse(status.getMessage(), "")
                                .contains("more than one PodDisruptionBudget"));
    }

    /**
     * A server-side apply of fields that the type does not have, or that have another type, or twice: however often it is sent, it is
     * refused (structured-merge-diff, by way of apimachinery's typeconverter; all four tried on 1.35).
     */
    private static boolean isOfTheSchema(@Nullable Status status) {
        return status != null
                && Objects.requireNonNullElse(status.getMessage(), "").startsWith("failed to create typed ");
    }

    private static String said(@Nullable Status status, String otherwise) {
        return status == null || status.getMessage() == null ? otherwise : status.getMessage();
    }

    static ClusterException unreachable(Throwable cause) {
        return new ClusterException(Kind.UNREACHABLE, "no answer from the API server: " + root(cause), cause);
    }

    private static String root(Throwable e) {
        var root = e;
        while (root.getCause() != null && !(root instanceof IOException)) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
