package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Ended;
import dev.kubesent.failure.Failure.How;
import java.util.Optional;

/** The kubelet has evicted the pod; its message says for whose use of what (kubelet 1.35, pkg/kubelet/eviction/helpers.go). */
public final class PodEvicted implements Rule {

    private static final Pattern OF_A_CONTAINER = Pattern.compile(
            "Container (?<who>\\S{1,63}) exceeded its local ephemeral storage limit \"(?<limit>[^\"]{1,40})\"");
    private static final Pattern OF_THE_POD = Pattern.compile(
            "Pod ephemeral local storage usage exceeds the total limit of containers (?<limit>\\S{1,40}?)\\.? *$");
    private static final Pattern OF_A_VOLUME = Pattern.compile(
            "Usage of EmptyDir volume \"(?<who>[^\"]{1,63})\" exceeds the limit \"(?<limit>[^\"]{1,40})\"");
    private static final Pattern NODE =
            Pattern.compile("The node was low on resource: (?<what>[\\w.-]{1,63}?)\\.(?: |$)");
    private static final Pattern USED =
            Pattern.compile("Container (?<who>\\S{1,63}) was using (?<used>\\S{1,40}),[^.]{0,80} request (?:is|of)"
                    + " (?<request>\\S{1,40}?)[.,](?: |$)");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof Ended ended && ended.how() == How.EVICTED
                ? ownLimit(ended).or(() -> pressure(ended)).or(() -> Optional.of(otherwise(ended)))
                : Optional.empty();
    }

    private Optional<Diagnosis> ownLimit(Ended ended) {
        return Said.find(OF_A_CONTAINER, ended)
                .map(found ->
                        "Container %s wrote more than its ephemeral-storage limit of %s: its logs, and its files outside of volumes."
                                .formatted(found.group("who"), found.group("limit")))
                .or(() -> Said.find(OF_THE_POD, ended)
                        .map(found ->
                                "The pod wrote more than %s, the ephemeral-storage limits of its containers in all: their logs, their files and its emptyDirs."
                                        .formatted(found.group("limit"))))
                .or(() -> Said.find(OF_A_VOLUME, ended)
                        .map(found -> "More was written to the emptyDir volume %s than its limit of %s."
                                .formatted(found.group("who"), found.group("limit"))))
                .map(text -> says(
                        Cause.EPHEMERAL_STORAGE_EXCEEDED,
                        Confidence.of(Kind.FIELD).agreeing(true).value(),
                        text + " The kubelet evicted it for that, as it will the next one.",
                        Said.quotes(ended),
                        Action.None.of(Cause.EPHEMERAL_STORAGE_EXCEEDED)));
    }

    private Optional<Diagnosis> pressure(Ended ended) {
        return Said.find(NODE, ended)
                .map(found -> says(
                        Cause.EVICTED_UNDER_PRESSURE,
                        Confidence.of(Kind.FIELD).agreeing(true).value(),
                        "The node ran short of %s, and the kubelet evicted this pod to get some back.%s"
                                .formatted(found.group("what"), used(ended)),
                        Said.quotes(ended),
                        Action.None.of(Cause.EVICTED_UNDER_PRESSURE)));
    }

    private static String used(Ended ended) {
        return Said.find(USED, ended).map(PodEvicted::used).orElse("");
    }

    private static String used(Matcher found) {
        return " Of its containers, %s used %s and asks for %s."
                .formatted(found.group("who"), found.group("used"), found.group("request"));
    }

    private Diagnosis otherwise(Ended ended) {
        return says(
                Cause.EVICTED_UNDER_PRESSURE,
                Confidence.of(Kind.FITS).value(),
                "The pod was evicted; what for, its status does not say in words that are known.",
                Said.quotes(ended),
                new Action.None("Its message and the node's events say more: kubectl describe node."));
    }
}
