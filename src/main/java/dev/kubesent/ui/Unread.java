package dev.kubesent.ui;

import dev.kubesent.cluster.ClusterException;

/** What a person is told where the API server says no, or nothing: what happened, and what to do. */
final class Unread {

    private Unread() {}

    /** Of a look. */
    static Answer answer(ClusterException e) {
        return switch (e.kind()) {
            case FORBIDDEN ->
                said(
                        403,
                        e,
                        "Those of one namespace may be readable: kubesent ui -n NAMESPACE. The right is get and list"
                                + " on incidents.kubesent.dev.");
            case UNAUTHORIZED ->
                said(401, e, "Log in to the cluster again (kubectl get pods shows how), and start kubesent ui anew.");
            case UNREACHABLE ->
                said(
                        504,
                        e,
                        "Is it the right kubeconfig, and is the cluster up (kubectl cluster-info)? The page tries"
                                + " again.");
            case BUSY, BROKEN -> said(502, e, "The page tries again.");
            case NOT_FOUND ->
                said(
                        404,
                        e,
                        "This cluster knows no Incidents: KubeSent is not installed in it. kubesent scan looks at a"
                                + " cluster without that.");
            case ALREADY_EXISTS, CONFLICT, REJECTED -> said(502, e, "");
        };
    }

    /** Of a decision. */
    static Answer refused(ClusterException e, String namespace) {
        return switch (e.kind()) {
            case FORBIDDEN ->
                said(
                        403,
                        e,
                        "Nothing was changed. To approve needs the verbs approve and patch on incidents.kubesent.dev, and to reject patch. Somebody who may grant rights runs: kubectl create rolebinding kubesent-approver -n %s --clusterrole=kubesent-approver --user=YOU"
                                .formatted(namespace));
            case UNAUTHORIZED ->
                said(401, e, "Nothing was changed. Log in to the cluster again, and start kubesent ui anew.");
            case UNREACHABLE -> said(504, e, "Your decision may not have arrived: the incident shows it.");
            case BUSY, BROKEN -> said(502, e, "Try again.");
            case CONFLICT, ALREADY_EXISTS, REJECTED, NOT_FOUND ->
                said(409, e, "Nothing was changed. Look at the incident again.");
        };
    }

    private static Answer said(int status, ClusterException e, String advice) {
        var what = Shown.line(String.valueOf(e.getMessage())).replaceFirst("(?<!\\.)\\.*+$", ".");
        return Answer.problem(status, (what + " " + advice).strip());
    }
}
