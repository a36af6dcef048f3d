package dev.kubesent.change;

/** A revision that a controller keeps, by name. @param hash by which its pods are known */
public record RevisionRef(String name, String hash, long number) {

    /** How a person says it, and kubectl rollout counts it. */
    public String display() {
        return "revision " + number + " (" + name + ")";
    }
}
