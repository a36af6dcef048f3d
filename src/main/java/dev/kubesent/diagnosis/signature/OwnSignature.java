package dev.kubesent.diagnosis.signature;

/**
 * A signature that the users of this cluster have written.
 *
 * @param key of the ConfigMap, under which it stands
 * @param signature of cause {@link dev.kubesent.api.v1alpha1.Cause#KNOWN_HERE}
 * @param runbook an https link; empty where it has none
 */
public record OwnSignature(String key, Signature signature, String runbook) {

    /** Who says so, as an incident names it. */
    public String name() {
        return "own signature " + key + "/" + signature.id();
    }

    /** What it means, in the words of who wrote it, with the link. */
    public String explanation(Match match) {
        var says = match.explanation();
        return runbook.isEmpty() ? says : says + " Runbook: " + runbook;
    }
}
