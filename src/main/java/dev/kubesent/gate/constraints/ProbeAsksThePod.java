package dev.kubesent.gate.constraints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.evidence.OwnerChain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A probe that is set runs nothing and asks nobody else, whoever thought of it: {@code exec} needs the permission for commands, and a {@code
 * host} or headers of its own it may not have at all. What a probe of this workload asks already, another may ask as well.
 */
final class ProbeAsksThePod implements Constraint {

    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        return judged.change()
                .filter(change -> change.permission() == Permission.PROBE)
                .flatMap(change ->
                        judged.knowing(judged.evidence().owners(), owners -> firstOf(asked(change, owners), judged)));
    }

    private record Asked(String how, JsonNode what) {}

    /** What is not asked yet. */
    private static Stream<Asked> asked(Change edit, OwnerChain owners) {
        var known = owners.knownTop()
                .map(top -> handlers(KubernetesJson.tree(top.object())).toList())
                .orElse(List.of());
        return edit.operations().stream()
                .flatMap(operation ->
                        operation instanceof PatchOperation.Put(var _, var probe) ? ofProbe(probe) : Stream.of())
                .filter(asked -> !known.contains(asked));
    }

    /** Of all probes of a workload, wherever its template is. */
    private static Stream<Asked> handlers(JsonNode workload) {
        return Stream.of("livenessProbe", "readinessProbe", "startupProbe")
                .flatMap(kind -> workload.findValues(kind).stream())
                .flatMap(ProbeAsksThePod::ofProbe);
    }

    private static Stream<Asked> ofProbe(JsonNode probe) {
        return HANDLERS.stream().filter(probe::has).map(how -> new Asked(how, probe.path(how)));
    }

    private static Optional<Refusal> firstOf(Stream<Asked> asked, Case judged) {
        return asked.flatMap(one -> whyNot(one, judged).stream()).findFirst();
    }

    private static Optional<Refusal> whyNot(Asked asked, Case judged) {
        if (asked.what().has("host") || asked.what().has("httpHeaders")) {
            return Constraint.no(
                    RefusalReason.FIELD_NOT_ALLOWED, "a host or headers in %s of a probe".formatted(asked.how()));
        }
        return asked.how().equals("exec")
                        && !PermissionGiven.given(judged.evidence(), judged.policy())
                                .contains(Permission.COMMAND)
                ? Constraint.no(RefusalReason.FIELD_NOT_ALLOWED, "exec of a probe, where command is not allowed")
                : Optional.empty();
    }
}
