package dev.kubesent.testing;

import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.reads.AtReads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Writes down every read: what of, how much at most, and how many objects it showed. */
public final class CountingReader {

    private final List<Read> reads = Collections.synchronizedList(new ArrayList<>());

    /**
     * One read.
     *
     * @param method of the port
     * @param type of what is read, by its simple name; empty where it is none
     * @param bound in objects; 0 where none is given
     * @param shown objects that a visitor was shown
     */
    public record Read(String method, String type, int bound, AtomicLong shown) {}

    public List<Read> reads() {
        return List.copyOf(reads);
    }

    public long shown() {
        return reads().stream().mapToLong(read -> read.shown().get()).sum();
    }

    public Ports around(Ports ports) {
        var reader = (ClusterReader) Proxy.newProxyInstance(
                CountingReader.class.getClassLoader(),
                new Class<?>[] {ClusterReader.class},
                (_, method, arguments) -> call(ports.reader(), method, arguments == null ? new Object[0] : arguments));
        return AtReads.with(reader, ports);
    }

    private Object call(ClusterReader real, Method method, Object[] arguments) throws Throwable {
        var read = read(method, arguments);
        reads.add(read);
        var counted = Arrays.stream(arguments)
                .map(argument -> argument instanceof Consumer<?> visitor ? counting(read, visitor) : argument)
                .toArray();
        try {
            return method.invoke(real, counted);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> Consumer<T> counting(Read read, Consumer<T> visitor) {
        return object -> {
            read.shown().incrementAndGet();
            visitor.accept(object);
        };
    }

    private static Read read(Method method, Object[] arguments) {
        var type = "";
        var bound = 0;
        for (var argument : arguments) {
            if (argument instanceof Class<?> of) {
                type = of.getSimpleName();
            }
            if (argument instanceof Bound most) {
                bound = most.objects();
            }
        }
        return new Read(method.getName(), type, bound, new AtomicLong());
    }
}
