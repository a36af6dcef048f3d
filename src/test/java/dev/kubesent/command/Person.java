package dev.kubesent.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ObjectRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** A person at a terminal, who remembers what was sent for him. */
final class Person implements PersonWriter {

    private final List<String> sent = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Optional<ClusterException> refusal = Optional.empty();

    /** Every write is refused from now on. */
    Person refusedBy(ClusterException why) {
        refusal = Optional.of(why);
        return this;
    }

    int runs(Function<Reach, Object> command, ClusterReader reader, String namespace, String... arguments) {
        return runs(command.apply(() -> new Reach.Reached(reader, this, namespace)), arguments);
    }

    int runs(Object command, String... arguments) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** In the order in which it was sent. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    @Override
    public void say(String namespace, String incident, ObjectNode spec) {
        send("incident %s/%s %s".formatted(namespace, incident, spec));
    }

    @Override
    public void set(String namespace, String configMap, Map<String, String> data) {
        send("configmap %s/%s %s".formatted(namespace, configMap, data));
    }

    @Override
    public void annotate(ObjectRef workload, String key, Optional<String> value) {
        send("%s %s %s=%s".formatted(workload.namespace(), workload.display(), key, value.orElse("-")));
    }

    private void send(String what) {
        refusal.ifPresent(why -> {
            throw why;
        });
        sent.add(what);
    }
}
