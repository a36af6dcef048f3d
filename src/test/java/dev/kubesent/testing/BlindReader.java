package dev.kubesent.testing;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.pipeline.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Predicate;

/** A cluster of which something may not be read. */
public final class BlindReader {

    private BlindReader() {}

    /** @param unreadable asked of each argument of a read, a type or a reference */
    public static Ports of(Ports ports, Predicate<Object> unreadable) {
        var reader = (ClusterReader) Proxy.newProxyInstance(
                BlindReader.class.getClassLoader(), new Class<?>[] {ClusterReader.class}, (_, method, arguments) -> {
                    if (arguments != null && Arrays.stream(arguments).anyMatch(unreadable)) {
                        throw new ClusterException(Kind.FORBIDDEN, "injected");
                    }
                    try {
                        return method.invoke(ports.reader(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause());
    }
}
