package dev.kubesent.scan;

import java.util.Optional;

/**
 * What of a namespace is looked at.
 *
 * @param kind of the workload; empty for a pod, or whatever has that name
 */
record Target(Optional<String> kind, String name) {

    /** @param text {@code web-0}, or {@code Deployment/web} in whatever case */
    static Target parse(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? new Target(Optional.empty(), text)
                : new Target(Optional.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    /** @param workload as {@code Deployment/web} */
    boolean is(String pod, String workload) {
        var top = parse(workload);
        return kind.isEmpty()
                ? name.equals(pod) || name.equals(top.name())
                : name.equals(top.name())
                        && top.kind().filter(kind.get()::equalsIgnoreCase).isPresent();
    }
}
