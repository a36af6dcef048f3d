/**
 * Rules about a pod as a whole: it was evicted, refused, ended with its node, lost by it, never became ready, or does not get past an init
 * container.
 *
 * <p>Each is a pure function of the evidence, as every {@link dev.kubesent.diagnosis.rules.Rule}, and stays silent about failures of any other kind.
 * May call nothing; none proposes an act of its own, and only of a release that never became ready may the cause lead to one ({@code OfRevision}).
 */
@NullMarked
package dev.kubesent.diagnosis.rules.lifecycle;

import org.jspecify.annotations.NullMarked;
