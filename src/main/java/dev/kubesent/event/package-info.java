/**
 * Stage 1: a CloudEvent comes in, and most go no further.
 *
 * <p>Takes a {@link dev.kubesent.event.Request} (headers and bytes, from whatever transport) and gives a {@link
 * dev.kubesent.event.Sighting} per event: possibly failing, unremarkable, or unusable. Pure: it may call nothing, and it
 * builds no object tree, since nine of ten events are healthy pods and dropping one has to cost microseconds. What it
 * says is a hint: it may err only towards looking closer (a property test pins that), and an event may be forged, stale,
 * repeated or out of order, so everything after this stage looks at the live cluster.
 */
@NullMarked
package dev.kubesent.event;

import org.jspecify.annotations.NullMarked;
