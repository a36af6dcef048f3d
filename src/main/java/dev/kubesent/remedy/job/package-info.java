/**
 * Jobs as remedies look at them: a run with its pods, a run that is made up for, a Job that can be suspended and one that is. Reads the cluster,
 * and writes nothing but the Job that makes up for a run.
 */
@NullMarked
package dev.kubesent.remedy.job;

import org.jspecify.annotations.NullMarked;
