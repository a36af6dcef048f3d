package dev.kubesent.diagnosis.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message taken apart: who knows, in which phase, in what words. */
class ChainTest {

    private record Message(String reason, String text, Speaker speaker, Phase phase, String said) {}

    static Stream<Message> messages() {
        return Stream.of(
                new Message(
                        "ErrImagePull",
                        "rpc error: code = Unknown desc = failed to pull and unpack image \"docker.io/prom/x:1\":"
                                + " failed to unpack image on snapshotter overlayfs: content digest sha256:ca97: not"
                                + " found",
                        Speaker.RUNTIME,
                        Phase.UNPACK,
                        "content digest sha256:ca97: not found"),
                new Message(
                        "ErrImagePull",
                        "failed to resolve reference \"r.example.com/a:1\": failed to authorize: failed to fetch"
                                + " anonymous token: unexpected status from GET request to https://r.example.com/token:"
                                + " 401 Unauthorized",
                        Speaker.REGISTRY,
                        Phase.RESOLVE,
                        "401 Unauthorized"),
                new Message(
                        "ErrImagePull",
                        "failed commit on ref \"layer-sha256:2d71\": unexpected commit digest sha256:a1fc, expected"
                                + " sha256:2d71: failed precondition",
                        Speaker.RUNTIME,
                        Phase.VERIFY,
                        "unexpected commit digest sha256:a1fc, expected sha256:2d71"),
                new Message(
                        "StartError",
                        "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc"
                                + " create failed: unable to start container process: error during container init: error"
                                + " running hook #0: error running hook: exit status 1, stdout: , stderr:"
                                + " nvidia-container-cli.real: initialization error: driver error: failed to process"
                                + " request: unknown",
                        Speaker.HOOK,
                        Phase.HOOK,
                        "failed to process request"),
                new Message(
                        "FailedCreatePodSandBox",
                        "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for"
                                + " sandbox \"4ab\": plugin type=\"calico\" failed (add): error getting"
                                + " ClusterInformation: connection is unauthorized: Unauthorized",
                        Speaker.NETWORK,
                        Phase.SANDBOX,
                        "connection is unauthorized: Unauthorized"),
                new Message(
                        "FailedCreatePodSandBox",
                        "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image"
                                + " \"registry.k8s.io/pause:3.9\": failed to pull image \"registry.k8s.io/pause:3.9\":"
                                + " failed to do request: Head \"https://registry.k8s.io/v2/\": dial tcp: lookup"
                                + " registry.k8s.io: i/o timeout",
                        Speaker.RUNTIME,
                        Phase.SANDBOX,
                        "lookup registry.k8s.io: i/o timeout"),
                new Message(
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"d\" : mount failed: exit status 32\n"
                                + "Mounting command: mount\n"
                                + "Output: mount.nfs: access denied by server while mounting nas:/x",
                        Speaker.STORAGE,
                        Phase.MOUNT,
                        "access denied by server while mounting nas:/x"),
                new Message(
                        "FailedMount",
                        "MountVolume.MountDevice failed for volume \"d\" : rpc error: code = Internal desc = the disk"
                                + " of the moon is not there",
                        Speaker.DRIVER,
                        Phase.MOUNT,
                        "the disk of the moon is not there"),
                new Message(
                        "CreateContainerError",
                        "context deadline exceeded",
                        Speaker.KUBELET,
                        Phase.CREATE,
                        "context deadline exceeded"),
                new Message(
                        "Unhealthy",
                        "Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory",
                        Speaker.KUBELET,
                        Phase.PROBE,
                        "can't open '/tmp/healthy': No such file or directory"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void the_last_one_who_is_no_wrapper_knows(Message message) {
        var chain = Chain.of(message.reason(), message.text(), Names.NONE);

        assertThat(chain.cause().orElseThrow().speaker()).isEqualTo(message.speaker());
        assertThat(chain.phase()).isEqualTo(message.phase());
        assertThat(chain.said()).isEqualTo(message.said());
    }

    @Test
    void a_message_that_only_passes_something_on_has_no_cause() {
        var chain = Chain.of(
                "FailedMount",
                "Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[]: timed out waiting"
                        + " for the condition",
                Names.NONE);

        assertThat(chain.cause()).isEmpty();
    }

    @Test
    void the_users_own_names_are_no_words() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("no-space-left-1")
                .withNamespace("denied")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("volume")
                .withImage("registry.example.com/monitoring/blackbox-exporter:v1")
                .endContainer()
                .endSpec()
                .build();
        var text = "Failed to pull image \"registry.example.com/monitoring/blackbox-exporter:v1\":"
                + " scope=repository%3Amonitoring%2Fblackbox-exporter%3Apull of no-space-left-1_denied; the volume"
                + " \"volume\" is there";

        var hidden = Names.of(pod).hide(text);

        assertThat(hidden)
                .hasSameSizeAs(text)
                .doesNotContain("exporter", "space", "denied", "\"volume\"")
                .contains("Failed to pull image", "the volume ", " is there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ": : : ", "\n\n", "rpc error: code = Unknown desc = ", "a:b:c", ": not found"})
    void a_message_of_nothing_is_no_trouble(String text) {
        var chain = Chain.of("Failed", text, Names.NONE);

        assertThat(chain.message()).isEqualTo(text);
        assertThat(chain.said()).isNotNull();
    }
}
