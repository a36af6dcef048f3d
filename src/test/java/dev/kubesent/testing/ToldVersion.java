package dev.kubesent.testing;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.pipeline.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The API server says that it is of the version that the scenario names; what that one can do is switched on here (ApiServer). */
final class ToldVersion {

    private ToldVersion() {}

    static Ports of(Ports ports, Scenario scenario) {
        return scenario.version()
                .map(version -> (ClusterReader) Proxy.newProxyInstance(
                        ToldVersion.class.getClassLoader(),
                        new Class<?>[] {ClusterReader.class},
                        (_, method, arguments) -> {
                            try {
                                return method.getName().equals("version")
                                        ? version
                                        : method.invoke(ports.reader(), arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }))
                .map(reader -> new Ports(reader, ports.dryRun(), ports.records(), ports.writer(), ports.pause())
                        .with(ports.registry()))
                .orElse(ports);
    }
}
