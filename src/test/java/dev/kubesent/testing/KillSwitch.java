package dev.kubesent.testing;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.remedy.engine.Pause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends the process, as it were, before or after its n-th call to the cluster: from then on, no call gets through. */
public final class KillSwitch {

    private static final Set<String> OF_WORKLOADS = Set.of("patch", "delete", "create");

    private final int at;
    private final Moment moment;
    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger calls = new AtomicInteger();

    public enum Moment {
        BEFORE,
        AFTER
    }

    /** A process that was killed catches nothing. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** @param at the number of the call, from 1; 0 for never */
    public KillSwitch(int at, Moment moment) {
        this.at = at;
        this.moment = moment;
    }

    public Ports around(Ports ports) {
        return new Ports(
                around(ClusterReader.class, ports.reader()),
                around(DryRun.class, ports.dryRun()),
                around(RecordWriter.class, ports.records()),
                around(ClusterWriter.class, ports.writer()),
                around(Pause.class, ports.pause()),
                ports.doctor(),
                ports.archive(),
                ports.registry());
    }

    public int calls() {
        return calls.get();
    }

    /** The writes to workloads that the cluster took, in order. */
    public List<String> changes() {
        return changes;
    }

    private <T> T around(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (_, method, arguments) -> call(port, real, method, arguments)));
    }

    private Object call(Class<?> port, Object real, Method method, Object[] arguments) throws Throwable {
        var call = calls.incrementAndGet();
        if (at > 0 && (call > at || call == at && moment == Moment.BEFORE)) {
            throw new Killed();
        }
        Object answer;
        try {
            answer = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (port == ClusterWriter.class && OF_WORKLOADS.contains(method.getName())) {
            changes.add(method.getName());
        }
        if (call == at) {
            throw new Killed();
        }
        return answer;
    }
}
