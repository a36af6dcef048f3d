package dev.kubesent.failure;

import java.util.Arrays;
import java.util.Optional;

/** The waiting reasons of an image that cannot be used (kubelet, pkg/kubelet/images and cri-api errors). */
public enum PullReason {
    ErrImagePull,
    ImagePullBackOff,
    InvalidImageName,
    ErrImageNeverPull,
    ImageInspectError,
    RegistryUnavailable,
    SignatureValidationFailed;

    static Optional<PullReason> of(String waitingReason) {
        return Arrays.stream(values())
                .filter(r -> r.name().equals(waitingReason))
                .findFirst();
    }
}
