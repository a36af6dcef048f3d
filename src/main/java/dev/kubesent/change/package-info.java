/**
 * What may be done to a workload: the words that an incident, the gate and the remedies share.
 *
 * <p>A {@link dev.kubesent.change.Plan} is a {@link dev.kubesent.change.Change} or a {@link dev.kubesent.change.Refusal}. A change is
 * exact: it knows its target, the requests that it sends, under which {@link dev.kubesent.api.v1alpha1.Permission} it is made, and what the
 * constraints of the gate ask of it. So another kind of change is one more record here, and nobody else lists the kinds: only
 * {@code Remedies} tells them apart, to find who makes them ({@code ChangesTest}).
 *
 * <p>Pure: it reads nothing, and knows neither evidence nor diagnosis. Whatever is stored of a change is made here as well.
 */
@NullMarked
package dev.kubesent.change;

import org.jspecify.annotations.NullMarked;
