package dev.kubesent.failure;

import dev.kubesent.failure.Failure.ImagePull;
import java.util.Optional;

/** A container whose image cannot be had. ErrImagePull and ImagePullBackOff alternate and are one failure. */
final class ImagePullDetector implements Detector {

    @Override
    public Optional<Failure> detect(ContainerView container) {
        return container
                .waiting()
                .flatMap(waiting -> PullReason.of(ContainerView.reason(waiting))
                        .map(reason -> new ImagePull(
                                container.subject(), reason, container.image(), ContainerView.message(waiting))));
    }
}
