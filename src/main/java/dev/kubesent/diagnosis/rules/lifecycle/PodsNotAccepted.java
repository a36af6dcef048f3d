package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.LostRun.NotCreated;
import java.util.List;
import java.util.Optional;

/** A workload's controller may not create its pods: what refuses them says why (kubernetes 1.35, plugin/pkg/admission and pod-security-admission). */
public final class PodsNotAccepted {

    private record Refuser(Pattern pattern, String who, String advice) {

        Optional<Diagnosis> of(NotCreated lost) {
            var found = pattern.matcher(lost.message());
            return found.find() ? Optional.of(says(lost, Kind.SENTENCE, told(found), advice)) : Optional.empty();
        }

        private String told(Matcher found) {
            return who.formatted(found.group("what"));
        }
    }

    private static final List<Refuser> REFUSERS = List.of(
            new Refuser(
                    Pattern.compile("exceeded quota: (?<what>[^\\n]{1,300})"),
                    "the quota is used up: %s.",
                    "Raise the quota, make room in the namespace, or let the pods ask for less."),
            new Refuser(
                    Pattern.compile("failed quota: (?<what>[^\\n]{1,300})"),
                    "the quota wants every container to name its resources: %s.",
                    "Give the containers those requests and limits, or the namespace a LimitRange with defaults."),
            new Refuser(
                    Pattern.compile("(?<what>(?:maximum|minimum) \\S{1,60} usage per (?:Container|Pod)[^\\n"
                            + "]{1,200}|\\S{1,60} max limit to request ratio[^\\n"
                            + "]{1,200})"),
                    "a LimitRange of the namespace does not allow its resources: %s.",
                    "Bring requests and limits within that LimitRange, or change it."),
            new Refuser(
                    Pattern.compile("violates PodSecurity (?<what>[^\\n]{1,400})"),
                    "the namespace's Pod Security level forbids them: %s.",
                    "Set what it names in the securityContext; or give the namespace another level"
                            + " (pod-security.kubernetes.io/enforce)."),
            new Refuser(
                    Pattern.compile("error looking up service account (?<what>[^:\\s]{1,200})"),
                    "their ServiceAccount %s does not exist.",
                    "Create the ServiceAccount, or correct serviceAccountName."),
            new Refuser(
                    Pattern.compile("failed calling webhook (?<what>[^\\n]{1,300})"),
                    "an admission webhook does not answer: %s.",
                    "See whether the webhook's pods run and its Service leads to them; while it does not answer,"
                            + " nothing it watches over is created."),
            new Refuser(
                    Pattern.compile("admission webhook (?<what>\"[^\"]{1,200}\" denied the request[^\\n]{0,300})"),
                    "an admission webhook denies them: %s.",
                    "Do what its message says, or ask who keeps that policy."),
            new Refuser(
                    Pattern.compile("ValidatingAdmissionPolicy (?<what>[^\\n]{1,300})"),
                    "a ValidatingAdmissionPolicy denies them: %s.",
                    "Do what its message says, or ask who keeps that policy."),
            new Refuser(
                    Pattern.compile("no PriorityClass with name (?<what>\\S{1,200}) was found"),
                    "their PriorityClass %s does not exist.",
                    "Create the PriorityClass, or correct priorityClassName."),
            new Refuser(
                    Pattern.compile("pod rejected: RuntimeClass \"(?<what>[^\"]{1,253})\" not found"),
                    "their RuntimeClass %s does not exist.",
                    "Create the RuntimeClass, or correct runtimeClassName."),
            new Refuser(
                    Pattern.compile("unable to validate against any security context constraint(?<what>[^\\n]{0,300})"),
                    "no SecurityContextConstraints that their ServiceAccount may use allows them%s.",
                    "Let them ask for less, or let their ServiceAccount use one that allows it."));

    private PodsNotAccepted() {}

    public static Diagnosis of(NotCreated lost) {
        return REFUSERS.stream()
                .flatMap(refuser -> refuser.of(lost).stream())
                .findFirst()
                .orElseGet(() -> says(
                        lost,
                        Kind.COMPLAINT,
                        "the API server refuses them, in words that are not known.",
                        "The message has the reason; kubectl describe of the workload shows it as well."));
    }

    private static Diagnosis says(NotCreated lost, Kind kind, String why, String advice) {
        return new Diagnosis(
                Cause.PODS_NOT_ACCEPTED,
                Confidence.of(kind).value(),
                "%s may not create its pods: %s".formatted(lost.of().display(), why.replaceAll("\\.\\.$", ".")),
                List.of(new Quote(Source.EVENTS, "FailedCreate: " + lost.message())),
                new Action.None(advice),
                PodsNotAccepted.class.getSimpleName());
    }
}
