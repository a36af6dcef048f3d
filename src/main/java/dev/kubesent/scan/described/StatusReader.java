package dev.kubesent.scan.described;

import dev.kubesent.scan.described.ContainerReader.Block;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a pod and its containers are, as far as a description and its events tell. */
record StatusReader(Sections sections, FromEvents events, Times times) {

    private static final String READY_TO_START = "PodReadyToStartContainers";

    /** @return empty where the container has no status yet: no node was found, or the kubelet never took the pod */
    Optional<ContainerStatus> container(Block block, String name, String image) {
        var said = said(block, name, image);
        var state = StateReader.read(StateReader.first(block.field("State")), block.lines("State"), said, times)
                .or(() -> sections.has("Status") ? Optional.empty() : byEvents(said));
        return state.map(one -> new ContainerStatusBuilder()
                .withName(name)
                .withImage(image)
                .withImageID(block.field("Image ID"))
                .withContainerID(block.field("Container ID").isEmpty() ? null : block.field("Container ID"))
                .withReady(block.field("Ready").startsWith("True"))
                .withRestartCount(restarts(block, one))
                .withState(one)
                .withLastState(StateReader.read(
                                StateReader.first(block.field("Last State")), block.lines("Last State"), "", times)
                        .orElse(null))
                .build());
    }

    /** Of a container that could not be started its last state says it, too, where the events were not pasted. */
    private String said(Block block, String name, String image) {
        var said = events.said(name, image);
        return said.isEmpty()
                        && block.lines("State").stream()
                                .anyMatch(line -> FieldLine.value(line).equals("RunContainerError"))
                ? StateReader.message(block.lines("Last State"))
                : said;
    }

    /** Where its state was not pasted. */
    private Optional<ContainerState> byEvents(String said) {
        if (events.notScheduled().isPresent()) {
            return Optional.empty();
        }
        if (events.isNotSetUp()) {
            return Optional.of(waiting("ContainerCreating", ""));
        }
        return events.reason()
                .map(reason -> waiting(reason, said))
                .or(() -> Optional.of(new ContainerStateBuilder()
                                .withNewRunning(times.longAgo())
                                .build())
                        .filter(_ -> events.isNeverReady(Optional.empty())));
    }

    private static ContainerState waiting(String reason, String said) {
        return new ContainerStateBuilder()
                .withNewWaiting(said.isEmpty() ? null : said, reason)
                .build();
    }

    /** Where it is not told, at least so many that a last state is one of a loop. */
    private static int restarts(Block block, ContainerState state) {
        var printed = StateReader.first(block.field("Restart Count"));
        if (!printed.isEmpty()) {
            return StateReader.number(printed);
        }
        return block.field("Last State").isEmpty() || state.getRunning() == null ? 0 : 2;
    }

    String phase(List<ContainerStatus> containers) {
        var printed = StateReader.first(sections.value("Status", ""));
        if (printed.equals("Terminating")) {
            return "Running";
        }
        if (!printed.isEmpty()) {
            return printed;
        }
        var isWaiting =
                containers.stream().allMatch(one -> one.getState().getWaiting() != null && one.getLastState() == null);
        return isWaiting ? "Pending" : "Running";
    }

    /** kubectl prints type and status alone; message and time are those of the event that says the same. */
    List<PodCondition> conditions(String phase, List<ContainerStatus> containers) {
        var isNeverReady = events.isNeverReady(running(containers));
        var conditions = new ArrayList<PodCondition>();
        for (var line : sections.below("Conditions")) {
            var type = StateReader.first(line.strip());
            var is = StateReader.first(line.strip().substring(type.length()).strip());
            if (Set.of("True", "False", "Unknown").contains(is)) {
                conditions.add(condition(type, is, type.equals("Ready") && !isNeverReady));
            }
        }
        var isScheduled = conditions.stream().noneMatch(one -> one.getType().equals("PodScheduled"))
                && events.notScheduled().isPresent();
        if (isScheduled) {
            conditions.add(condition("PodScheduled", "False", false));
        }
        var isToldBefore = conditions.stream().anyMatch(one -> one.getType().equals(READY_TO_START));
        if (!isToldBefore && phase.equals("Pending") && events.isNotSetUp()) {
            conditions.add(condition(READY_TO_START, "False", false));
        }
        if (conditions.stream().noneMatch(one -> one.getType().equals("Ready")) && isNeverReady) {
            conditions.add(condition("Ready", "False", false));
        }
        return conditions;
    }

    /** For how long the container that runs longest does. */
    private Optional<Duration> running(List<ContainerStatus> containers) {
        return containers.stream()
                .map(container -> container.getState().getRunning())
                .filter(running -> running != null && running.getStartedAt() != null)
                .map(running -> Duration.between(Instant.parse(running.getStartedAt()), times.now()))
                .max(Comparator.naturalOrder());
    }

    /** @param isNew whether it may hold only since now: what sheds load is not ready for a while, and no text tells since when */
    private PodCondition condition(String type, String status, boolean isNew) {
        var condition = new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withLastTransitionTime(isNew ? times.now().toString() : times.longAgo());
        if (type.equals("PodScheduled") && status.equals("False")) {
            condition
                    .withReason("Unschedulable")
                    .withMessage(events.notScheduled().orElse(null));
        }
        return condition.build();
    }
}
