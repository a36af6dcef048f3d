package dev.kubesent.gate;

import dev.kubesent.evidence.revision.Revision;

/** A revision that a controller keeps, by name. @param hash by which its pods are known */
public record RevisionRef(String name, String hash, long number) {

    public static RevisionRef of(Revision revision) {
        return new RevisionRef(revision.name(), revision.hash(), revision.number());
    }

    public String display() {
        return Revision.display(number, name);
    }
}
