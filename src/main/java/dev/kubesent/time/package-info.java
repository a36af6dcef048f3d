/**
 * What time means here: ticks that never step back, what is believed of a clock that is wrong, what is remembered for a while, and a clock that a local
 * run lets go ahead. Takes an injected {@link java.time.Clock}; knows nothing of clusters, and may call nothing of ours.
 */
@NullMarked
package dev.kubesent.time;

import org.jspecify.annotations.NullMarked;
