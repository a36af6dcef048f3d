package dev.kubesent.cluster.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each way in which an old template may give more than the current one, and the ways that give nothing. */
class PodRightsTest {

    /** Of the container {@code app} where the path begins with {@code c/}, else of the pod's spec; both sides have nothing else. */
    private record Field(String path, String before, String after, String gained) {}

    private static final List<Field> GAINS = List.of(
            new Field("c/securityContext", "{}", "{privileged: true}", "container app: privileged"),
            new Field(
                    "c/securityContext",
                    "{allowPrivilegeEscalation: false}",
                    "{}",
                    "container app: allowPrivilegeEscalation"),
            new Field(
                    "c/securityContext",
                    "{capabilities: {add: [NET_ADMIN]}}",
                    "{capabilities: {add: [CAP_SYS_ADMIN]}}",
                    "container app: capability SYS_ADMIN"),
            new Field(
                    "c/securityContext",
                    "{capabilities: {drop: [net_raw]}}",
                    "{}",
                    "container app: capability NET_RAW"),
            new Field(
                    "c/securityContext",
                    "{capabilities: {drop: [ALL]}}",
                    "{capabilities: {drop: [ALL], add: [CHOWN]}}",
                    "container app: capability CHOWN"),
            new Field("c/securityContext", "{runAsNonRoot: true}", "{}", "container app: may run as root"),
            new Field("c/securityContext", "{runAsUser: 1000}", "{runAsUser: 0}", "container app: may run as root"),
            new Field("c/securityContext", "{runAsGroup: 7}", "{runAsGroup: 0}", "container app: runs in group 0"),
            new Field("c/securityContext", "{runAsUser: 1000}", "{runAsUser: 999}", "container app: runs as user 999"),
            new Field(
                    "c/securityContext",
                    "{runAsUser: 1000}",
                    "{runAsNonRoot: true}",
                    "container app: runs as its image's user"),
            new Field(
                    "c/securityContext",
                    "{runAsUser: 1000, runAsGroup: 7}",
                    "{runAsUser: 1000, runAsGroup: 8}",
                    "container app: runs as group 8"),
            new Field(
                    "c/securityContext",
                    "{runAsUser: 1000, runAsGroup: 7}",
                    "{runAsUser: 1000}",
                    "container app: runs as its image's group"),
            new Field(
                    "c/volumeMounts",
                    "[{name: claimed, mountPath: /m, readOnly: true}]",
                    "[{name: claimed, mountPath: /m}]",
                    "container app: may write to volume claimed"),
            new Field("c/securityContext", "{}", "{procMount: Unmasked}", "container app: procMount Unmasked"),
            new Field(
                    "c/securityContext",
                    "{seccompProfile: {type: RuntimeDefault}}",
                    "{}",
                    "container app: no seccomp profile"),
            new Field(
                    "c/securityContext",
                    "{}",
                    "{seccompProfile: {type: Unconfined}}",
                    "container app: seccomp Unconfined"),
            new Field(
                    "c/securityContext",
                    "{}",
                    "{appArmorProfile: {type: Unconfined}}",
                    "container app: AppArmor Unconfined"),
            new Field(
                    "c/securityContext",
                    "{}",
                    "{seLinuxOptions: {type: spc_t}}",
                    "container app: seLinuxOptions {\"type\":\"spc_t\"}"),
            new Field(
                    "c/securityContext",
                    "{}",
                    "{windowsOptions: {hostProcess: true}}",
                    "container app: windowsOptions {\"hostProcess\":true}"),
            new Field("c/ports", "[{containerPort: 80}]", "[{containerPort: 80, hostPort: 80}]", "hostPort 80/TCP"),
            new Field("c/envFrom", "[]", "[{secretRef: {name: db}}]", "container app: Secret db"),
            new Field(
                    "c/env",
                    "[{name: P, valueFrom: {secretKeyRef: {name: a, key: p}}}]",
                    "[{name: P, valueFrom: {secretKeyRef: {name: b, key: p}}}]",
                    "container app: Secret b"),
            new Field("c/image", "registry.lab/shop/web:2", "evil.example/shop/web:2", "images of evil.example/shop"),
            new Field("c/image", "registry.lab/shop/web:2", "registry.lab/evil/web:2", "images of registry.lab/evil"),
            new Field("c/image", "web:2", "evil/web:2", "images of docker.io/evil"),
            new Field("c/image", "localhost/web:2", "localhost:5000/web@sha256:ab", "images of localhost:5000"),
            new Field("c/volumeDevices", "[]", "[{name: disk, devicePath: /d}]", "the raw device disk"),
            new Field(
                    "c/volumeMounts",
                    "[{name: m, mountPath: /m}]",
                    "[{name: m, mountPath: /m, mountPropagation: Bidirectional}]",
                    "mounts of its own on the node"),
            new Field("c/resources", "{}", "{claims: [{name: gpu}]}", "device gpu"),
            new Field(
                    "c/livenessProbe",
                    "{httpGet: {port: 80}}",
                    "{httpGet: {port: 80, host: 169.254.169.254}}",
                    "the kubelet's requests to 169.254.169.254"),
            new Field(
                    "c/lifecycle",
                    "{}",
                    "{preStop: {httpGet: {port: 80, host: 10.0.0.1}}}",
                    "the kubelet's requests to 10.0.0.1"),
            new Field("hostPID", "false", "true", "hostPID"),
            new Field("hostIPC", "false", "true", "hostIPC"),
            new Field("hostNetwork", "false", "true", "hostNetwork"),
            new Field("hostUsers", "false", "true", "hostUsers"),
            new Field("shareProcessNamespace", "false", "true", "shareProcessNamespace"),
            new Field("serviceAccountName", "web", "admin", "ServiceAccount admin"),
            new Field("serviceAccount", "web", "admin", "ServiceAccount admin"),
            new Field("automountServiceAccountToken", "false", "true", "a token of its ServiceAccount"),
            new Field("runtimeClassName", "gvisor", "null", "runtimeClassName (none)"),
            new Field("runtimeClassName", "gvisor", "kata", "runtimeClassName kata"),
            new Field("nodeName", "null", "master", "nodeName master"),
            new Field("priorityClassName", "low", "system-node-critical", "priorityClassName system-node-critical"),
            new Field("imagePullSecrets", "[{name: a}]", "[{name: b}]", "Secret b"),
            new Field(
                    "resourceClaims",
                    "[]",
                    "[{name: a, resourceClaimName: gpu}]",
                    "device {\"name\":\"a\",\"resourceClaimName\":\"gpu\"}"),
            new Field("securityContext", "{runAsNonRoot: true}", "{}", "container app: may run as root"),
            new Field("securityContext", "{}", "{supplementalGroups: [0]}", "group 0"),
            new Field("securityContext", "{}", "{fsGroup: 6}", "group 6"),
            new Field(
                    "securityContext",
                    "{}",
                    "{sysctls: [{name: kernel.shmmax, value: '1'}]}",
                    "sysctl kernel.shmmax=1"),
            new Field("volumes", "[]", "[{name: h, hostPath: {path: /}}]", "hostPath /"),
            new Field(
                    "volumes",
                    "[{name: h, hostPath: {path: /var/log}}]",
                    "[{name: h, hostPath: {path: /}}]",
                    "hostPath /"),
            new Field(
                    "volumes",
                    "[{name: s, secret: {secretName: a}}]",
                    "[{name: s, secret: {secretName: b}}]",
                    "Secret b"),
            new Field("volumes", "[]", "[{name: s, projected: {sources: [{secret: {name: b}}]}}]", "Secret b"),
            new Field(
                    "volumes",
                    "[]",
                    "[{name: s, projected: {sources: [{serviceAccountToken: {audience: vault, path: t}}]}}]",
                    "a token of its ServiceAccount for \"vault\""),
            new Field(
                    "volumes", "[]", "[{name: s, csi: {driver: secrets.x}}]", "volume csi {\"driver\":\"secrets.x\"}"),
            new Field(
                    "volumes",
                    "[]",
                    "[{name: s, persistentVolumeClaim: {claimName: data}}]",
                    "PersistentVolumeClaim data"),
            new Field(
                    "volumes",
                    "[]",
                    "[{name: s, nfs: {server: a, path: /}}]",
                    "volume nfs {\"server\":\"a\",\"path\":\"/\"}"),
            new Field(
                    "volumes",
                    "[]",
                    "[{name: s, image: {reference: 'evil.example/x/y:1'}}]",
                    "images of evil.example/x"));

    /** What a release changes every day, and what only takes away. */
    private static final List<Field> NO_GAINS = List.of(
            new Field("c/image", "registry.lab/shop/web:2", "registry.lab/shop/web:1", ""),
            new Field("c/image", "nginx:1.27", "docker.io/library/nginx@sha256:ab", ""),
            new Field("c/image", "registry.lab/shop/web:2", "registry.lab/shop/api:1", ""),
            new Field("c/command", "[run]", "[start]", ""),
            new Field("c/env", "[{name: A, value: '1'}]", "[{name: B, value: '2'}]", ""),
            new Field("c/resources", "{limits: {memory: 1Mi}}", "{limits: {memory: 2Mi}}", ""),
            new Field("c/securityContext", "{privileged: true}", "{}", ""),
            new Field("c/securityContext", "{}", "{runAsNonRoot: true, allowPrivilegeEscalation: false}", ""),
            new Field("c/securityContext", "{}", "{capabilities: {drop: [ALL]}}", ""),
            new Field("c/securityContext", "{capabilities: {add: [ALL]}}", "{capabilities: {add: [ALL]}}", ""),
            new Field("c/securityContext", "{runAsUser: 0}", "{}", ""),
            new Field("c/securityContext", "{}", "{runAsUser: 1000, runAsGroup: 1000}", ""),
            new Field("c/securityContext", "{runAsUser: 0}", "{runAsNonRoot: true, runAsGroup: 7}", ""),
            new Field(
                    "c/volumeMounts",
                    "[{name: claimed, mountPath: /m}]",
                    "[{name: claimed, mountPath: /n, readOnly: true}]",
                    ""),
            new Field("c/securityContext", "{}", "{runAsUser: 0}", ""),
            new Field("c/securityContext", "{}", "{seccompProfile: {type: RuntimeDefault}}", ""),
            new Field("c/ports", "[{containerPort: 80, hostPort: 80}]", "[{containerPort: 80}]", ""),
            new Field("hostNetwork", "true", "false", ""),
            new Field("serviceAccountName", "null", "default", ""),
            new Field("volumes", "[]", "[{name: a, emptyDir: {}}, {name: b, configMap: {name: c}}]", ""),
            new Field("volumes", "[{name: a, secret: {secretName: s}}]", "[]", ""),
            new Field("nodeName", "lab", "null", ""));

    @TestFactory
    List<DynamicTest> every_right_that_is_gained_is_told() {
        assertThat(GAINS).hasSizeGreaterThan(45);
        return GAINS.stream()
                .map(field -> DynamicTest.dynamicTest(
                        field.path() + ": " + field.gained(),
                        () -> assertThat(gained(field))
                                .singleElement()
                                .asString()
                                .contains(field.gained())))
                .toList();
    }

    @TestFactory
    List<DynamicTest> what_gives_nothing_more_is_let_pass() {
        assertThat(NO_GAINS).hasSizeGreaterThan(15);
        return NO_GAINS.stream()
                .map(field -> DynamicTest.dynamicTest(
                        field.path() + ": " + field.after(),
                        () -> assertThat(gained(field)).isEmpty()))
                .toList();
    }

    @Test
    void a_container_that_was_not_there_is_measured_by_those_that_were() {
        var before = parse("spec: {containers: [{name: app, image: 'r.lab/shop/web:2'}]}");
        var after = parse("spec: {containers: [{name: app, image: 'r.lab/shop/web:1'},"
                + " {name: side, image: 'r.lab/shop/proxy:1'}],"
                + " initContainers: [{name: first, image: 'r.lab/shop/init:1', securityContext: {privileged: true}}]}");

        assertThat(PodRights.gained(before, after)).containsExactly("container first: privileged");
    }

    @Test
    void what_one_container_may_is_not_what_another_may() {
        var before = parse("spec: {containers: [{name: app, image: a}, {name: side, image: a,"
                + " securityContext: {privileged: true}}]}");
        var after = parse("spec: {containers: [{name: app, image: a, securityContext: {privileged: true}},"
                + " {name: side, image: a, securityContext: {privileged: true}}]}");

        assertThat(PodRights.gained(before, after)).containsExactly("container app: privileged");
    }

    /** One volume v, and what the containers app and side mount of it. */
    private record Mounted(String before, String app, String after, String appThen, List<String> gained) {}

    private static final List<Mounted> MOUNTS = List.of(
            new Mounted(
                    "hostPath: {path: /}", "", "hostPath: {path: /}", "readOnly: true", List.of("mounts hostPath /")),
            new Mounted(
                    "hostPath: {path: /}",
                    "",
                    "hostPath: {path: /}",
                    "readOnly: false",
                    List.of("mounts hostPath /", "may write to hostPath /")),
            new Mounted(
                    "hostPath: {path: /}",
                    "readOnly: true",
                    "hostPath: {path: /}",
                    "readOnly: false",
                    List.of("may write to hostPath /")),
            new Mounted(
                    "secret: {secretName: s}",
                    "",
                    "secret: {secretName: s}",
                    "readOnly: false",
                    List.of("mounts Secret s")),
            new Mounted(
                    "persistentVolumeClaim: {claimName: c, readOnly: true}",
                    "readOnly: false",
                    "persistentVolumeClaim: {claimName: c}",
                    "readOnly: false",
                    List.of("may write to PersistentVolumeClaim c")),
            new Mounted(
                    "nfs: {path: /, readOnly: true}",
                    "readOnly: false",
                    "nfs: {path: /}",
                    "readOnly: false",
                    List.of("may write to volume nfs {\"path\":\"/\"}")),
            new Mounted(
                    "nfs: {path: /}",
                    "readOnly: false",
                    "nfs: {path: /, readOnly: true}",
                    "readOnly: false",
                    List.of()),
            new Mounted("hostPath: {path: /}", "readOnly: false", "hostPath: {path: /}", "", List.of()),
            new Mounted("configMap: {name: c}", "", "configMap: {name: c}", "readOnly: false", List.of()),
            new Mounted("emptyDir: {}", "readOnly: true", "emptyDir: {}", "readOnly: false", List.of()));

    @TestFactory
    List<DynamicTest> what_a_container_mounts_and_may_write_to_is_its_own_right() {
        assertThat(MOUNTS).hasSizeGreaterThan(9);
        return MOUNTS.stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.before() + " " + one.app() + ", then " + one.after() + " " + one.appThen(),
                        () -> assertThat(PodRights.gained(
                                        mounting(one.before(), one.app()), mounting(one.after(), one.appThen())))
                                .containsExactlyElementsOf(one.gained().stream()
                                        .map(right -> "container app: " + right)
                                        .toList())))
                .toList();
    }

    /** @param mount of app; empty for none */
    private static JsonNode mounting(String volume, String mount) {
        return parse("""
            spec:
              containers:
              - {name: app, image: a, volumeMounts: [%s]}
              - {name: side, image: a, volumeMounts: [{name: v, mountPath: /v, readOnly: true}]}
              volumes: [{name: v, %s}]
            """.formatted(mount.isEmpty() ? "" : "{name: v, mountPath: /v, " + mount + "}", volume));
    }

    private static List<String> gained(Field field) {
        return PodRights.gained(template(field.path(), field.before()), template(field.path(), field.after()));
    }

    private static JsonNode template(String path, String value) {
        var isOfContainer = path.startsWith("c/");
        var container = path.equals("c/image")
                ? "{name: app, image: '%s'}".formatted(value)
                : "{name: app, image: web%s}".formatted(isOfContainer ? ", " + path.substring(2) + ": " + value : "");
        return parse(
                "spec: {containers: [%s]%s}".formatted(container, isOfContainer ? "" : ", " + path + ": " + value));
    }

    private static JsonNode parse(String yaml) {
        return KubernetesJson.parse(yaml, JsonNode.class);
    }
}
