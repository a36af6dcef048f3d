package dev.kubesent.testing.reads;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.pipeline.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What others do between two reads of ours, and what fails in place of one. All else is the real cluster's. */
public final class AtReads {

    private AtReads() {}

    /** @param method of {@link ClusterReader} */
    public record Read(String method, List<Object> arguments) {

        public boolean is(String name) {
            return method.equals(name);
        }

        /** @param argument among others: a type, a kind, a namespace */
        public boolean is(String name, Object argument) {
            return is(name) && arguments.contains(argument);
        }
    }

    /** @param what may throw: then nothing is read */
    public static Ports before(Ports ports, Consumer<Read> what) {
        return around(ports, what, _ -> {});
    }

    /** Once it is answered, and before the answer is seen. */
    public static Ports after(Ports ports, Consumer<Read> what) {
        return around(ports, _ -> {}, what);
    }

    private static Ports around(Ports ports, Consumer<Read> before, Consumer<Read> after) {
        var reader = (ClusterReader) Proxy.newProxyInstance(
                AtReads.class.getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    var read = new Read(
                            method.getName(),
                            arguments == null
                                    ? List.of()
                                    : Collections.unmodifiableList(Arrays.asList(arguments.clone())));
                    before.accept(read);
                    try {
                        var answer = method.invoke(ports.reader(), arguments);
                        after.accept(read);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return with(reader, ports);
    }

    /** The same ports, with another reader. */
    public static Ports with(ClusterReader reader, Ports ports) {
        return new Ports(
                reader,
                ports.dryRun(),
                ports.records(),
                ports.writer(),
                ports.pause(),
                ports.doctor(),
                ports.archive(),
                ports.registry());
    }
}
