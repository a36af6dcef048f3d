package dev.kubesent.cluster.rights;

import static dev.kubesent.cluster.rights.PodRights.each;
import static dev.kubesent.cluster.rights.PodRights.name;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What one container may do, with what it has from its pod. */
public final class ContainerRights {

    /** What containerd and CRI-O leave a container that says nothing (containerd, oci/spec.go). */
    private static final Set<String> BY_DEFAULT = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    static final String ROOT = "may run as root";

    private static final String RUNS_AS = "runs as ";

    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private final JsonNode container;
    private final JsonNode template;
    private final Set<String> rights = new LinkedHashSet<>();

    private ContainerRights(JsonNode container, JsonNode template) {
        this.container = container;
        this.template = template;
    }

    static Set<String> of(JsonNode container, JsonNode template) {
        var found = new ContainerRights(container, template);
        found.context();
        found.user();
        found.profiles();
        found.reach();
        return found.rights;
    }

    private void context() {
        var own = container.path("securityContext");
        if (own.path("privileged").asBoolean()) {
            rights.add("privileged");
        }
        if (own.path("allowPrivilegeEscalation").asBoolean(true)) {
            rights.add("allowPrivilegeEscalation");
        }
        capabilities(own.path("capabilities")).forEach(one -> rights.add("capability " + one));
        var proc = own.path("procMount").asText("Default");
        if (!proc.equals("Default")) {
            rights.add("procMount " + proc);
        }
        for (var field : List.of("seLinuxOptions", "windowsOptions")) {
            var said = inherited(field);
            if (!said.isMissingNode()) {
                rights.add(field + " " + said);
            }
        }
        each(container.path("volumeDevices")).forEach(device -> rights.add("the raw device " + name(device)));
        each(container.path("volumeMounts"))
                .filter(mount -> mount.path("mountPropagation").asText("None").equals("Bidirectional"))
                .forEach(mount -> rights.add("mounts of its own on the node, by " + name(mount)));
        each(container.path("volumeMounts"))
                .forEach(mount -> rights.addAll(VolumeRights.ofMount(mount, template.path("spec"))));
        each(container.at("/resources/claims")).forEach(claim -> rights.add("device " + name(claim)));
    }

    private static Set<String> capabilities(JsonNode capabilities) {
        var kept = new TreeSet<String>();
        var dropped = names(capabilities.path("drop"));
        if (!dropped.contains("ALL")) {
            kept.addAll(BY_DEFAULT);
            kept.removeAll(dropped);
        }
        kept.addAll(names(capabilities.path("add")));
        return kept;
    }

    private static List<String> names(JsonNode capabilities) {
        return each(capabilities)
                .map(one -> one.asText().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
                .toList();
    }

    /** An image that says nothing of its user runs as root. */
    private void user() {
        var user = inherited("runAsUser");
        var isRoot = user.isMissingNode() ? !inherited("runAsNonRoot").asBoolean() : user.asLong() == 0;
        if (isRoot) {
            rights.add(ROOT);
        } else {
            rights.add(RUNS_AS + (user.isMissingNode() ? "its image's user" : "user " + user.asLong()));
        }
        var group = inherited("runAsGroup");
        if (group.asLong(-1) == 0) {
            rights.add("runs in group 0");
        } else {
            rights.add(RUNS_AS + (group.isMissingNode() ? "its image's group" : "group " + group.asLong()));
        }
    }

    /** Root may be any user, and of any group. */
    static boolean isRoots(String right) {
        return right.startsWith(RUNS_AS);
    }

    /** No seccomp profile is an unconfined one, unless the kubelet says otherwise; no AppArmor profile is the runtime's own. */
    private void profiles() {
        var seccomp = inherited("seccompProfile");
        switch (seccomp.path("type").asText("")) {
            case "RuntimeDefault" -> {}
            case "Localhost" ->
                rights.add("seccomp profile " + seccomp.path("localhostProfile").asText());
            case "" -> rights.add("no seccomp profile");
            default -> {
                rights.add("no seccomp profile");
                rights.add("seccomp " + seccomp.path("type").asText());
            }
        }
        var armor = inherited("appArmorProfile");
        var type = armor.path("type").asText("RuntimeDefault");
        if (!type.equals("RuntimeDefault")) {
            rights.add("AppArmor " + type + " " + armor.path("localhostProfile").asText());
        }
        var annotated = template.at("/metadata/annotations")
                .path(APPARMOR + name(container))
                .asText("runtime/default");
        if (!annotated.equals("runtime/default")) {
            rights.add("AppArmor " + annotated);
        }
    }

    private void reach() {
        each(container.path("ports"))
                .filter(port -> port.path("hostPort").asInt() > 0)
                .forEach(port -> rights.add("hostPort " + port.path("hostPort").asInt() + "/"
                        + port.path("protocol").asText("TCP")));
        each(container.path("envFrom"))
                .filter(from -> from.has("secretRef"))
                .forEach(from -> rights.add("Secret " + name(from.path("secretRef"))));
        each(container.path("env"))
                .map(one -> one.at("/valueFrom/secretKeyRef"))
                .filter(key -> !key.isMissingNode())
                .forEach(key -> rights.add("Secret " + name(key)));
        rights.add("images of " + home(container.path("image").asText()));
        Stream.of("/livenessProbe", "/readinessProbe", "/startupProbe", "/lifecycle/postStart", "/lifecycle/preStop")
                .flatMap(path -> Stream.of(path + "/httpGet/host", path + "/tcpSocket/host"))
                .map(path -> container.at(path).asText(""))
                .filter(host -> !host.isEmpty())
                .forEach(host -> rights.add("the kubelet's requests to " + host));
    }

    /** The container's own word, or else its pod's. */
    private JsonNode inherited(String field) {
        return Stream.of(container, template.path("spec"))
                .map(where -> where.path("securityContext").path(field))
                .filter(said -> !said.isMissingNode() && !said.isNull())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Registry and all of the path but its last part: where somebody else's images do not come to lie. */
    static String home(String image) {
        var plain = image.replaceFirst("@.*$", "");
        var slash = plain.indexOf('/');
        var first = slash < 0 ? "" : plain.substring(0, slash);
        var hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        var whole = hasHost ? plain : "docker.io/" + (slash < 0 ? "library/" : "") + plain;
        return whole.substring(0, whole.lastIndexOf('/'));
    }
}
