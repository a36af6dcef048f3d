/**
 * Reads the output of {@code kubectl describe pod}: whole, several pods in one text, or the part of it that somebody pasted.
 *
 * <p>Takes a text and gives pods as Kubernetes has them, with the events and a list of what the text leaves out. It asks nobody, decides nothing
 * and throws nothing at a text that it cannot read: it says so. May use Kubernetes' types and {@code text}; may not know failures or causes.
 */
@NullMarked
package dev.kubesent.scan.described;

import org.jspecify.annotations.NullMarked;
