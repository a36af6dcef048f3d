/**
 * One file per constraint: a function of the {@link dev.kubesent.gate.constraints.Case} that answers why not, or nothing.
 *
 * <p>None may write; which of them may ask the cluster is a list (PortsTest). A constraint that lacks the
 * evidence it needs answers {@code CANNOT_TELL}. It asks a change for its traits, and never of what kind it is (ChangesTest).
 * {@link dev.kubesent.gate.constraints.Constraints} is the explicit list.
 */
@NullMarked
package dev.kubesent.gate.constraints;

import org.jspecify.annotations.NullMarked;
