/**
 * Stages 6, 8 and 9: the change, the act, and how what runs with it does.
 *
 * <p>Describes a {@link dev.kubesent.change.Plan} for a diagnosis, and carries out what the gate {@link
 * dev.kubesent.gate.Approved}; gives an {@link dev.kubesent.remedy.engine.Outcome}. The only stage that holds the {@code
 * ClusterWriter}. Every act can be interrupted between any two calls and done again from its recorded intent, with the
 * same end. Afterwards it says how what runs with the change does ({@link dev.kubesent.remedy.engine.Survival}), and describes the
 * change that takes it back. One file per remedy, in a folder by
 * what is healed; {@link dev.kubesent.remedy.Remedies} is the only way in.
 */
@NullMarked
package dev.kubesent.remedy;

import org.jspecify.annotations.NullMarked;
