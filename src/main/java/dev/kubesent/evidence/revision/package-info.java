/**
 * The revisions of a workload's template, as ReplicaSets and ControllerRevisions keep them: which there are, what changed from one to the next, and how
 * many pods of each live or fail. Takes objects that were read; reads nothing.
 */
@NullMarked
package dev.kubesent.evidence.revision;

import org.jspecify.annotations.NullMarked;
