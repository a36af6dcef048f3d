/**
 * What is read of a Job and of its runs: beside a pod of a Job, and where a run left no pod. Takes an owner chain or a lost run, gives facts; may read the
 * cluster, and changes nothing.
 */
@NullMarked
package dev.kubesent.evidence.run;

import org.jspecify.annotations.NullMarked;
