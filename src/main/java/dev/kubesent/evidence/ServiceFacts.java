package dev.kubesent.evidence;

import java.util.Set;

/**
 * A Service that the log names, as it is in the cluster.
 *
 * @param host as the log writes it
 * @param display {@code namespace/name}
 * @param there whether there is such a Service
 * @param ports it serves; empty where there is none
 * @param ready endpoints behind it that are ready
 */
public record ServiceFacts(String host, String display, boolean there, Set<Integer> ports, int ready) {

    public ServiceFacts {
        ports = Set.copyOf(ports);
    }

    /** Of a name that does not resolve; a name that was refused did. */
    public String absence() {
        return there ? "" : "There is no Service " + display + ".";
    }

    /** What is wrong with it for somebody who asks this port; empty where nothing is. @param port empty where it is not known */
    public String trouble(String port) {
        if (!there) {
            return "";
        }
        if (!port.isEmpty() && ports.stream().map(String::valueOf).noneMatch(port::equals)) {
            return "Service %s does not serve port %s, but %s.".formatted(display, port, ports);
        }
        return ready == 0 ? "Service " + display + " has no ready endpoint." : "";
    }
}
