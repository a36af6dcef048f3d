package dev.kubesent.change;

/** What a failure is given time for before a change, as nothing is lost by waiting. Each includes those before it. */
public enum Grace {
    /** What is killed for its memory does not come up by itself. */
    NONE,
    /** What a rollout waits for may be on its way, and its earlier revision serves meanwhile. */
    TO_COME_UP,
    /** What the kubelet restarts in place may come up by that, and its siblings serve meanwhile. */
    TO_BE_RESTARTED,
    /** Its restarts may be of a trouble of long ago. */
    TO_STAY_DOWN
}
