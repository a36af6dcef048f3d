package dev.kubesent.command;

import dev.kubesent.cluster.KubernetesJson;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code incidents}: what KubeSent knows, and what it asks of a person. Reads only. */
@Command(
        name = "incidents",
        description =
                "List the incidents of this cluster and what KubeSent asks of you; with NAME show the whole story of"
                        + " one.",
        footerHeading = Rendering.RIGHTS,
        footer = "get and list incidents.kubesent.dev; with -A in all namespaces.")
public final class IncidentsCommand extends PersonCommand {

    /** In one list: what a person can look through. */
    private static final int MOST = 1_000;

    private static final List<String> HEAD =
            List.of("NAMESPACE", "NAME", "PHASE", "WORKLOAD", "CAUSE", "AGE", "ASKED OF YOU");

    private final Clock clock;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "show the story of this incident")
    private @Nullable String name;

    @Mixin
    private InNamespace where = new InNamespace();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "${COMPLETION-CANDIDATES} (default: table)")
    private Output output = Output.TABLE;

    public IncidentsCommand(Reach reach, Clock clock) {
        super(reach);
        this.clock = clock;
    }

    @Override
    String answer(Reach.Reached cluster) {
        var known = new KnownIncidents(cluster.reader());
        var namespace = where.or(cluster.namespace());
        if (name != null && where.isAll()) {
            throw new IllegalArgumentException("an incident has one namespace: give NAME with -n, and not with -A");
        }
        return name == null ? listed(known, namespace) : new Told(known.named(namespace, name)).as(output);
    }

    private String listed(KnownIncidents known, String where) {
        var all = new ArrayList<Listed>();
        var now = clock.instant();
        var unreadable = known.each(where, MOST + 1, incident -> all.add(Listed.of(incident, now)));
        var isMore = all.size() > MOST;
        var shown = all.stream()
                .limit(MOST)
                .sorted(Comparator.comparing(Listed::namespace)
                        .thenComparing(Comparator.comparing(Listed::opened).reversed())
                        .thenComparing(Listed::name))
                .toList();
        var notes = notes(where, isMore, unreadable);
        return switch (output) {
            case JSON -> Rendering.json(tree(shown, notes));
            case YAML -> KubernetesJson.yaml(tree(shown, notes)).stripTrailing();
            case TABLE, MARKDOWN -> page(shown, where, notes);
        };
    }

    private String page(List<Listed> shown, String where, List<String> notes) {
        var rows = shown.stream().map(IncidentsCommand::row).toList();
        var parts = new ArrayList<String>();
        if (shown.isEmpty()) {
            parts.add(where.isEmpty() ? "No incident in any namespace." : "No incident in namespace " + where + ".");
        } else {
            parts.add(output == Output.MARKDOWN ? Rendering.markdown(HEAD, rows) : Rendering.table(HEAD, rows));
        }
        parts.addAll(notes);
        return String.join("\n", parts);
    }

    private static Map<String, Object> tree(List<Listed> shown, List<String> notes) {
        return notes.isEmpty() ? Map.of("incidents", shown) : Map.of("incidents", shown, "unread", notes);
    }

    private static List<String> notes(String where, boolean isMore, int unreadable) {
        var notes = new ArrayList<String>();
        if (isMore) {
            notes.add(
                    "There are more than %d%s.".formatted(MOST, where.isEmpty() ? "; look at one namespace (-n)" : ""));
        }
        if (unreadable > 0) {
            notes.add(
                    "%d more cannot be read: another version of KubeSent wrote them; kubectl get incidents shows them."
                            .formatted(unreadable));
        }
        return notes;
    }

    private static List<String> row(Listed one) {
        return List.of(
                one.namespace(), one.name(), one.phase().name(), one.workload(), one.cause(), one.age(), one.asked());
    }
}
