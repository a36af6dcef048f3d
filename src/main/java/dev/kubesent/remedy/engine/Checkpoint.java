package dev.kubesent.remedy.engine;

/** Writes down that an act reached a point of no return, before it is passed. */
public interface Checkpoint {

    /** The last one that was written down, in this process or in one before; empty before the first. */
    String last();

    void reached(String step);
}
